namespace ActorNet.Server.Exec;

/// <summary>
/// Stdin that waits for the program to read. The bytes are copied into segments of their own: a received piece is a
/// slice of what one read brought, and a thousand pieces of one byte must not keep a thousand of those alive. Takes at
/// most twice the bytes that wait, plus one segment; how many may wait is the channel's window.
/// </summary>
internal sealed class InputQueue
{
    private const int SmallestSegment = 4 * 1024;

    /// <summary>Most bytes handed out at once, so that the client's window is given back in steps.</summary>
    public const int LargestSegment = 64 * 1024;

    private readonly Queue<Segment> _segments = new();
    private Segment? _last;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>Bytes of memory held, for the test.</summary>
    public int Capacity => _segments.Sum(s => s.Bytes.Length);

    /// <summary>Adds a piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_last is null || _last.Count == _last.Bytes.Length)
            {
                _last = new Segment(new byte[Math.Clamp(piece.Length, SmallestSegment, LargestSegment)]);
                _segments.Enqueue(_last);
            }

            var taken = Math.Min(piece.Length, _last.Bytes.Length - _last.Count);
            piece[..taken].CopyTo(_last.Bytes.AsSpan(_last.Count));
            _last.Count += taken;
            piece = piece[taken..];
        }
    }

    /// <summary>Takes the first segment, which nobody changes any more.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var first = _segments.Dequeue();
        if (first == _last) _last = null;
        return first.Bytes.AsMemory(0, first.Count);
    }

    private sealed class Segment(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int Count { get; set; }
    }
}
