namespace Akka.TestKit.Internal;

/// <summary>How many log events have matched; waits for a number of them without polling.</summary>
internal sealed class EventCount
{
    readonly SemaphoreSlim _events = new(0);

    public void Add() => _events.Release();

    /// <summary>How many have come in time: that many, or all there are if more are there by then.</summary>
    public async ValueTask<int> WaitFor(int number, Waiting waiting, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var stop = TestKitTime.Now + timeout;
        var received = 0;
        while (received < number && await Next(waiting, stop - TestKitTime.Now, cancellationToken))
            received++;
        return received + _events.CurrentCount;
    }

    async ValueTask<bool> Next(Waiting waiting, TimeSpan left, CancellationToken cancellationToken)
    {
        var time = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return waiting == Waiting.Blocking
            ? _events.Wait(time, cancellationToken)
            : await _events.WaitAsync(time, cancellationToken);
    }
}
