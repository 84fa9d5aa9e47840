using System.Buffers.Binary;
using System.Collections.Concurrent;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Connections;

/// <summary>PINGs whose PONG has not come: the payload is a number, big-endian.</summary>
internal sealed class PendingPings(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long>> _waiting = new();
    private long _last;

    /// <summary>A new PING, and the time from now until its PONG.</summary>
    public (Frame Ping, Task<TimeSpan> Answer) Start(CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _last);
        var waiting = _waiting[number] = new TaskCompletionSource<long>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        return (ToFrame(number), MeasureAsync(number, waiting.Task, cancellation));
    }

    /// <summary>A PING that nobody waits for: a sign of life is all that is wanted.</summary>
    public static Frame ToFrame(long number)
    {
        var payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(payload, number);
        return new Frame(FrameType.Ping, 0, payload);
    }

    /// <summary>A PONG came. One that nobody waits for is no fault: the wait may have been cancelled.</summary>
    public void Answered(in Frame pong)
    {
        if (pong.Payload.Length != sizeof(long)) return;
        if (_waiting.TryGetValue(BinaryPrimitives.ReadInt64BigEndian(pong.Payload.Span), out var waiting))
            waiting.TrySetResult(time.GetTimestamp());
    }

    /// <summary>The connection is over.</summary>
    public void Fail(ActorNetException reason)
    {
        foreach (var waiting in _waiting.Values) waiting.TrySetException(reason);
    }

    private async Task<TimeSpan> MeasureAsync(long number, Task<long> answer, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        try
        {
            return time.GetElapsedTime(start, await answer.WaitAsync(cancellation));
        }
        finally
        {
            _waiting.TryRemove(number, out _);
        }
    }
}
