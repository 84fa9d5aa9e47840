namespace Akka.TestKit.Internal;

/// <summary>What a test actor has received and the test has not taken yet, oldest first.</summary>
internal sealed class TestActorQueue
{
    readonly LinkedList<MessageEnvelope> _envelopes = new();

    // As many permits as envelopes: who has a permit finds an envelope. Not disposed: a late message still gets one.
    readonly SemaphoreSlim _available = new(0);

    public int Count => _available.CurrentCount;

    public void Enqueue(MessageEnvelope envelope)
    {
        lock (_envelopes)
            _envelopes.AddLast(envelope);
        _available.Release();
    }

    public void PutBack(MessageEnvelope envelope)
    {
        lock (_envelopes)
            _envelopes.AddFirst(envelope);
        _available.Release();
    }

    /// <summary>The oldest envelope, or null when none came in time. A negative time other than infinite is none at
    /// all.</summary>
    public async ValueTask<MessageEnvelope?> Take(Waiting waiting, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            timeout = TimeSpan.Zero;
        var milliseconds = (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        var taken = waiting == Waiting.Blocking
            ? _available.Wait(milliseconds, cancellationToken)
            : await _available.WaitAsync(milliseconds, cancellationToken);
        if (!taken)
            return null;
        lock (_envelopes)
        {
            var oldest = _envelopes.First!.Value;
            _envelopes.RemoveFirst();
            return oldest;
        }
    }
}
