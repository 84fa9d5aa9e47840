using ActorNet.Protocol.Frames;

namespace ActorNet.Server.Connections;

/// <summary>Messages that wait for the client's window, in order, bounded in bytes. A queue of none costs nothing.</summary>
public sealed class PushQueue(int limit)
{
    private Queue<Frame>? _queue;

    /// <summary>Bytes of messages that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>Frames that wait.</summary>
    public int Count => _queue?.Count ?? 0;

    /// <summary>Frames that ever left the queue by <see cref="TryTake"/>.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Adds a message, unless the limit would be passed.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> json)
    {
        if (Bytes + json.Length > limit) return false;
        Bytes += json.Length;
        (_queue ??= new Queue<Frame>()).Enqueue(new Frame(FrameType.Message, 0, json));
        return true;
    }

    /// <summary>Adds a frame that must keep its place behind the messages and costs no window.</summary>
    public void AddControl(in Frame frame) => (_queue ??= new Queue<Frame>()).Enqueue(frame);

    /// <summary>Takes the first frame if its cost is within <paramref name="credit"/>.</summary>
    public bool TryTake(int credit, out Frame frame)
    {
        if (_queue is null || !_queue.TryPeek(out frame) || frame.WindowCost > credit)
        {
            frame = default;
            return false;
        }

        Bytes -= frame.WindowCost;
        Taken++;
        _queue.Dequeue();
        return true;
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        _queue = null;
        Bytes = 0;
    }
}
