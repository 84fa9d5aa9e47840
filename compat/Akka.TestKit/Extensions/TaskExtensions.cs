namespace Akka.TestKit.Extensions;

/// <summary>Bounds how long a test waits for a task. Official in Akka.TestKit 1.5.</summary>
public static class TaskExtensions
{
    /// <summary>Whether the task ended in time; what it failed with is thrown.</summary>
    public static async Task<bool> AwaitWithTimeout(this Task parentTask, TimeSpan timeout,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parentTask);
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(parentTask, Task.Delay(timeout, delay.Token));
        await delay.CancelAsync();
        if (first != parentTask)
            return false;
        await parentTask;
        return true;
    }

    public static async Task<T> WithTimeout<T>(this Task<T> parentTask, TimeSpan timeout,
        CancellationToken cancellationToken = default) =>
        await AwaitWithTimeout(parentTask, timeout, cancellationToken)
            ? await parentTask
            : throw new TaskCanceledException($"Task timed out after {timeout.TotalSeconds} seconds");

    public static async Task ShouldCompleteWithin(this Task task, TimeSpan timeout, string because = "",
        params object[] becauseArgs)
    {
        if (!await AwaitWithTimeout(task, timeout))
        {
            var reason = string.Format(null, because, becauseArgs);
            throw new TimeoutException($"The task has not completed within {timeout} {reason}");
        }
    }

    public static async Task<T> ShouldCompleteWithin<T>(this Task<T> task, TimeSpan timeout, string because = "",
        params object[] becauseArgs)
    {
        await ShouldCompleteWithin((Task)task, timeout, because, becauseArgs);
        return await task;
    }

    public static async Task<T> ShouldThrowWithin<T>(this Task task, TimeSpan timeout, string because = "",
        params object[] becauseArgs) where T : Exception
    {
        try
        {
            await ShouldCompleteWithin(task, timeout, because, becauseArgs);
        }
        catch (T expected)
        {
            return expected;
        }
        var reason = string.Format(null, because, becauseArgs);
        throw new InvalidOperationException($"The task has not failed with {typeof(T)} {reason}");
    }
}
