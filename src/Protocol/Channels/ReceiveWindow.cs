namespace ActorNet.Protocol.Channels;

/// <summary>
/// What the peer may still send on a channel, and when to grant it more. Grants come in lumps of at least half the window, so that
/// a WINDOW frame pays for many DATA frames. A receiver that keeps up, with little held when it grants, doubles the window up to its
/// maximum: bulk over a long line gets the window it needs, and a channel that stalls early holds no more than its first one.
/// Whenever all that came is consumed, more than half the window is free: a MESSAGE, which cannot be sent in parts, of up to half the
/// initial window never waits for ever.
/// Not thread-safe.
/// </summary>
public sealed class ReceiveWindow
{
    private readonly uint _channel;
    private readonly int _maximum;
    private int _size; // = _credit + Held + _consumed, always
    private int _credit;
    private int _consumed;

    /// <summary>Starts with what OPEN or OPENED said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; initial &lt;= maximum.</exception>
    public ReceiveWindow(uint channel, int initial, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initial);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, initial);
        _channel = channel;
        _maximum = maximum;
        _size = _credit = initial;
    }

    /// <summary>Bytes received and not yet consumed: what lies in this side's memory because of this channel.</summary>
    public int Held => _size - _credit - _consumed;

    /// <summary>Takes off what came in.</summary>
    /// <exception cref="ProtocolViolationException">The peer sent more than it was granted.</exception>
    public void Receive(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > _credit)
            throw new ProtocolViolationException(
                $"Channel {_channel} received {bytes} bytes with {_credit} left in its window of {_size}.");
        _credit -= bytes;
    }

    /// <summary>Notes that <paramref name="bytes"/> received were dealt with; returns the bytes to grant now, 0 for none yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is held: it would grant bytes that never came.</exception>
    public uint Consume(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Held);
        _consumed += bytes;
        if (_consumed < _size / 2)
            return 0;
        var grant = _consumed;
        if (_size < _maximum && Held <= _size / 4)
        {
            var growth = Math.Min(_size, _maximum - _size);
            _size += growth;
            grant += growth;
        }

        _credit += grant;
        _consumed = 0;
        return (uint)grant;
    }
}
