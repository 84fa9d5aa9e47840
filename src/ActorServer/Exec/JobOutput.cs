using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Exec;

/// <summary>
/// One output stream of a job: at most one read under way, and what was read and not told yet. Chooses the buffers: a
/// piece that is told belongs to the receiver and must not hold much more memory than its bytes, so a buffer that came
/// back mostly empty is copied from and used again, and one that came back well filled is given away. A quiet stream
/// waits with a small buffer, a busy one with a large.
/// </summary>
internal sealed class JobOutput(OutputStream stream)
{
    /// <summary>A buffer of a stream that has been quiet, in bytes.</summary>
    public const int SmallBuffer = 4 * 1024;

    /// <summary>A buffer of a busy stream: what a pipe holds, and below the large object heap.</summary>
    public const int LargeBuffer = 64 * 1024;

    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private byte[]? _buffer;
    private int _takenOfFirst;
    private bool _busy;

    /// <summary>Which one it is.</summary>
    public OutputStream Stream { get; } = stream;

    /// <summary>Whether a read is under way.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether it has come to its end.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Bytes that were read and not told.</summary>
    public int Waiting { get; private set; }

    /// <summary>The buffer for the next read, which is under way from now on.</summary>
    public Memory<byte> StartReading()
    {
        IsReading = true;
        return _buffer ??= GC.AllocateUninitializedArray<byte>(_busy ? LargeBuffer : SmallBuffer);
    }

    /// <summary>The read brought so many bytes; none is the end.</summary>
    public void Completed(int count)
    {
        IsReading = false;
        var buffer = _buffer!;
        if (count == 0)
        {
            IsEnded = true;
            _buffer = null;
            return;
        }

        if (count <= buffer.Length / 2)
        {
            _waiting.Enqueue(buffer.AsSpan(0, count).ToArray());
            if (count <= SmallBuffer / 2) _busy = false;
            if (!_busy && buffer.Length > SmallBuffer) _buffer = null;
        }
        else
        {
            _waiting.Enqueue(buffer.AsMemory(0, count));
            _busy = true;
            _buffer = null;
        }

        Waiting += count;
    }

    /// <summary>
    /// Takes up to <paramref name="limit"/> bytes of the first piece that waits; nothing when none waits.
    /// </summary>
    public ReadOnlyMemory<byte> Take(int limit)
    {
        if (limit <= 0 || !_waiting.TryPeek(out var first)) return default;
        var piece = first.Slice(_takenOfFirst, Math.Min(limit, first.Length - _takenOfFirst));
        Waiting -= piece.Length;
        _takenOfFirst += piece.Length;
        if (_takenOfFirst < first.Length) return piece;
        _waiting.Dequeue();
        _takenOfFirst = 0;
        return piece;
    }

    /// <summary>Drops what waits.</summary>
    public void Discard()
    {
        _waiting.Clear();
        Waiting = 0;
        _takenOfFirst = 0;
    }
}
