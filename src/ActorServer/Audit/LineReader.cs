namespace ActorNet.Server.Audit;

/// <summary>Reads lines of bytes in bounded memory, and knows where each stood.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    // One more than a line may have, for its line feed.
    private const int LargestBuffer = AuditSettings.LargestLine + 1;

    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;

    /// <summary>The line without its line feed; of one that is too long, the beginning.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>It is longer than any that is written.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>A line feed ends it; false: the end of the file does.</summary>
    public bool IsTerminated { get; private set; }

    /// <summary>Its number, the first is 1.</summary>
    public int Number { get; private set; }

    /// <summary>Where it begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the next one begins.</summary>
    public long NextOffset { get; private set; } = stream.Position;

    /// <summary>Goes to the next line; false: there is none.</summary>
    public bool Read()
    {
        Offset = NextOffset;
        IsTooLong = false;
        IsTerminated = false;
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0) return Take(searched + feed, 1);
            searched = _end - _start;
            if (searched == LargestBuffer) return TakeTooLong();
            if (searched == _buffer.Length) Array.Resize(ref _buffer, Math.Min(2 * searched, LargestBuffer));
            if (!Fill()) return searched > 0 && Take(searched, 0);
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Take(int length, int feed)
    {
        Line = _buffer.AsMemory(_start, length);
        IsTerminated = feed > 0;
        _start += length + feed;
        NextOffset += length + feed;
        Number++;
        return true;
    }

    private bool TakeTooLong()
    {
        var beginning = _buffer.ToArray();
        IsTooLong = true;
        do
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                Take(feed, 1);
                break;
            }

            NextOffset += _end - _start;
            _start = _end;
        }
        while (Fill());

        if (!IsTerminated) Number++;
        Line = beginning;
        return true;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
