namespace Akka.TestKit.Internal;

/// <summary>
/// How an operation of the kit waits. Each is written once, as an async method that is told which: a blocking one
/// blocks its own thread wherever it would await, so its task is complete when it returns, and the synchronous form of
/// the method takes the result out of it. No thread of the pool is needed to end a blocking wait.
/// </summary>
internal enum Waiting
{
    Blocking,
    Async,
}

internal static class WaitingExtensions
{
    public static T Result<T>(this ValueTask<T> blocking) => blocking.GetAwaiter().GetResult();

    public static void Done(this ValueTask blocking) => blocking.GetAwaiter().GetResult();

    public static List<T> ToList<T>(this IAsyncEnumerable<T> blocking)
    {
        var items = new List<T>();
        var source = blocking.GetAsyncEnumerator();
        try
        {
            while (source.MoveNextAsync().Result())
                items.Add(source.Current);
        }
        finally
        {
            source.DisposeAsync().Done();
        }
        return items;
    }

    public static async ValueTask Pause(this Waiting waiting, TimeSpan time, CancellationToken cancellationToken)
    {
        if (waiting == Waiting.Async)
            await Task.Delay(time, cancellationToken);
        else if (cancellationToken.CanBeCanceled && cancellationToken.WaitHandle.WaitOne(time))
            cancellationToken.ThrowIfCancellationRequested();
        else if (!cancellationToken.CanBeCanceled)
            Thread.Sleep(time);
    }
}
