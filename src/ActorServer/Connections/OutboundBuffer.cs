using System.Buffers;
using System.Runtime.InteropServices;
using ActorNet.Protocol.Frames;

namespace ActorNet.Server.Connections;

/// <summary>
/// Frames that wait for the socket, encoded. Headers and small payloads are copied into pooled blocks, so that many frames leave in
/// one segment; large payloads are referenced where they lie. At most one write is under way; what is added meanwhile forms the next, or
/// several if it is much. Not thread-safe.
/// </summary>
public sealed class OutboundBuffer
{
    // A payload of this size or more is cheaper to reference (a segment, a pin) than to copy.
    private const int ReferenceFrom = 8 * 1024;

    // Nothing is heard of a write before its end, so this and a frame is what a peer must take within the write timeout.
    private const int WriteFrom = 256 * 1024;

    private const int FirstBlock = 4 * 1024;
    private const int NextBlock = 32 * 1024;

    private List<ArraySegment<byte>> _waiting = [];
    private List<ArraySegment<byte>> _writing = [];
    private List<byte[]> _waitingBlocks = [];
    private List<byte[]> _writingBlocks = [];
    private byte[]? _block;
    private int _segmentStart;
    private int _blockEnd;
    private Queue<Write>? _full;
    private int _nextBytes;
    private int _waitingBytes;
    private int _writingBytes;

    /// <summary>Bytes added so far, since the beginning.</summary>
    public long Added { get; private set; }

    /// <summary>Bytes the socket has taken so far, since the beginning.</summary>
    public long Flushed { get; private set; }

    /// <summary>Bytes added and not taken.</summary>
    public int Backlog => _waitingBytes + _writingBytes;

    /// <summary>Whether a write is under way.</summary>
    public bool IsWriting => _writingBytes > 0;

    /// <summary>Adds a frame at the end. Its payload must not change any more.</summary>
    public void Add(in Frame frame)
    {
        if (_nextBytes >= WriteFrom) FillWrite();
        var payload = frame.Payload;
        if (payload.Length >= ReferenceFrom && MemoryMarshal.TryGetArray(payload, out var large))
        {
            var header = Reserve(Frame.HeaderSize);
            FrameWriter.WriteHeader(header, frame.Type, frame.Channel, payload.Length);
            EndSegment();
            _waiting.Add(large);
        }
        else
        {
            FrameWriter.Write(Reserve(frame.Size), frame);
        }

        _nextBytes += frame.Size;
        _waitingBytes += frame.Size;
        Added += frame.Size;
    }

    /// <summary>The next write, unless one is under way or nothing waits: everything, or of much the first piece.</summary>
    public IReadOnlyList<ArraySegment<byte>>? StartWrite()
    {
        if (IsWriting || _waitingBytes == 0) return null;
        if (_full is { Count: > 0 })
        {
            (_writing, _writingBlocks, _writingBytes) = _full.Dequeue();
        }
        else
        {
            EndSegment();
            _block = null;
            (_waiting, _writing) = (_writing, _waiting);
            (_waitingBlocks, _writingBlocks) = (_writingBlocks, _waitingBlocks);
            (_writingBytes, _nextBytes) = (_nextBytes, 0);
        }

        _waitingBytes -= _writingBytes;
        return _writing;
    }

    /// <summary>The write under way has ended: its blocks may be used again. After an abnormal end this is not called.</summary>
    public void WriteEnded()
    {
        Flushed += _writingBytes;
        _writingBytes = 0;
        foreach (var block in _writingBlocks) ArrayPool<byte>.Shared.Return(block);
        _writingBlocks.Clear();
        // The transport may still hold a list of several segments; of one it got the segment (AkkaBytes.View).
        if (_writing.Count == 1) _writing.Clear();
        else _writing = [];
    }

    private void FillWrite()
    {
        EndSegment();
        _block = null;
        (_full ??= new Queue<Write>()).Enqueue(new Write(_waiting, _waitingBlocks, _nextBytes));
        (_waiting, _waitingBlocks, _nextBytes) = ([], [], 0);
    }

    private Span<byte> Reserve(int size)
    {
        if (_block is null || _block.Length - _blockEnd < size)
        {
            EndSegment();
            _block = ArrayPool<byte>.Shared.Rent(Math.Max(size, _waitingBlocks.Count == 0 ? FirstBlock : NextBlock));
            _waitingBlocks.Add(_block);
            _segmentStart = _blockEnd = 0;
        }

        var reserved = _block.AsSpan(_blockEnd, size);
        _blockEnd += size;
        return reserved;
    }

    private void EndSegment()
    {
        if (_block is null || _blockEnd == _segmentStart) return;
        _waiting.Add(new ArraySegment<byte>(_block, _segmentStart, _blockEnd - _segmentStart));
        _segmentStart = _blockEnd;
    }

    private sealed record Write(List<ArraySegment<byte>> Segments, List<byte[]> Blocks, int Bytes);
}
