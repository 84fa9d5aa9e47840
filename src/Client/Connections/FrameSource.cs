using ActorNet.Protocol;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Connections;

/// <summary>
/// Frames off a link, the frames of one read at a time. They lie in one buffer that the next read overwrites: whoever
/// keeps bytes copies them first. That copy is what bounds memory to the windows granted, however large the reads are.
/// </summary>
internal sealed class FrameSource(Link link)
{
    private const int BufferSize = 256 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private readonly FrameReader _reader = new(ProtocolLimits.MaxPayloadBeforeLogin);
    private readonly List<Frame> _frames = [];
    private int _next;

    /// <summary>Frames of the last read that <see cref="TryTake"/> has not given yet.</summary>
    public bool TryTake(out Frame frame)
    {
        if (_next < _frames.Count)
        {
            frame = _frames[_next++];
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>Reads once; all frames of the last read were taken. False at the end of the stream.</summary>
    /// <exception cref="ProtocolViolationException">Not frames, or the stream ended within one.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        _frames.Clear();
        _next = 0;
        var count = await link.ReceiveAsync(_buffer, cancellation);
        if (count == 0)
            return _reader.IsAtBoundary ? false : throw new ProtocolViolationException(
                "The stream ended in the middle of a frame.");
        _reader.Read(_buffer.AsMemory(0, count), _frames);
        return true;
    }

    /// <summary>The login succeeded: frames may be as large as the protocol allows.</summary>
    public void LiftLoginLimit() => _reader.MaxPayload = ProtocolLimits.MaxPayload;
}
