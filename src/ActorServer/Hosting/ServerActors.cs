namespace ActorNet.Server.Hosting;

/// <summary>What the host has to do with the actors it started.</summary>
/// <param name="Listeners">They are bound when all else runs, and drained first.</param>
/// <param name="StopSteps">What is stopped once the last connection is gone, in this order, each within its own time.</param>
public sealed record ServerActors(IReadOnlyList<ServerListener> Listeners, IReadOnlyList<StopStep> StopSteps)
{
    /// <summary>None.</summary>
    public static readonly ServerActors None = new([], []);
}

/// <summary>Something to stop once no connection needs it any more.</summary>
/// <param name="Name">For the log.</param>
/// <param name="RunAsync">Stops it; must end by itself.</param>
public sealed record StopStep(string Name, Func<Task> RunAsync);
