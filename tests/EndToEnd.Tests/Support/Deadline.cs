namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>No test waits for ever: what is awaited ends in time or fails there.</summary>
internal static class Deadline
{
    /// <summary>Far above what anything here takes, also on a machine that does other things beside.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    /// <summary>What is promised within a second, with room for a machine on which other tests run: what waits for a timeout of the node takes longer.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    public static Task InTime(this Task task) => task.WaitAsync(Time);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Time);

    public static Task InTime(this ValueTask task) => task.AsTask().WaitAsync(Time);

    public static Task<T> InTime<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Time);
}
