namespace ActorNet.Server.Connections;

/// <summary>
/// Bytes of a stream that must wait, in order. Copies what it is given: a piece of a read keeps the whole read in memory, so a channel that
/// kept pieces of one byte would keep a whole receive buffer for each, far beyond what its window counts. What it takes is its bytes and one block;
/// how many bytes is bounded by its owner's window. Not thread-safe.
/// </summary>
public sealed class HeldBytes
{
    private const int BlockSize = 4 * 1024;

    // A block is written once, front to back, so that what was taken from it stays what it is.
    private readonly Queue<ReadOnlyMemory<byte>> _blocks = new();
    private ReadOnlyMemory<byte> _first;
    private byte[] _last = [];
    private int _start;
    private int _end;

    /// <summary>Bytes held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds bytes at the end.</summary>
    public void Add(ReadOnlyMemory<byte> bytes)
    {
        Count += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_end == _last.Length) StartBlock(bytes.Length);
            var size = Math.Min(bytes.Length, _last.Length - _end);
            bytes[..size].CopyTo(_last.AsMemory(_end));
            _end += size;
            bytes = bytes[size..];
        }
    }

    /// <summary>Takes up to <paramref name="max"/> bytes off the start, as many as lie together: none only if none is held.</summary>
    public ReadOnlyMemory<byte> Take(int max)
    {
        if (_first.IsEmpty && !_blocks.TryDequeue(out _first))
        {
            _first = _last.AsMemory(_start, _end - _start);
            _start = _end;
        }

        var taken = _first[..Math.Min(max, _first.Length)];
        _first = _first[taken.Length..];
        Count -= taken.Length;
        if (Count == 0) (_first, _last, _start, _end) = (default, [], 0, 0);
        return taken;
    }

    private void StartBlock(int size)
    {
        if (_end > _start) _blocks.Enqueue(_last.AsMemory(_start, _end - _start));
        _last = new byte[Math.Max(BlockSize, size)];
        _start = _end = 0;
    }
}
