namespace ActorNet.Protocol.Channels;

/// <summary>
/// What the peer may still send on a channel, and when to grant it more. Grants come in lumps of at least half the window, so that
/// a WINDOW frame pays for many DATA frames. A receiver that keeps up, with little held when it grants, doubles the window up to its
/// maximum: bulk over a long line gets the window it needs, and a channel that stalls early holds no more than its first one.
/// Not thread-safe.
/// </summary>
public sealed class ReceiveWindow(uint channel, int initial, int maximum)
{
    private int _credit = initial;
    private int _size = initial;
    private int _consumed;

    /// <summary>Bytes received and not yet consumed: what lies in this side's memory because of this channel.</summary>
    public int Held => _size - _credit - _consumed;

    /// <summary>Takes off what came in.</summary>
    /// <exception cref="ProtocolViolationException">The peer sent more than it was granted.</exception>
    public void Receive(int bytes)
    {
        if (bytes > _credit)
            throw new ProtocolViolationException(
                $"Channel {channel} received {bytes} bytes with {_credit} left in its window of {_size}.");
        _credit -= bytes;
    }

    /// <summary>Notes that <paramref name="bytes"/> received were dealt with; returns the bytes to grant now, 0 for none yet.</summary>
    public uint Consume(int bytes)
    {
        _consumed += bytes;
        if (_consumed < _size / 2)
            return 0;
        var grant = _consumed;
        if (_size < maximum && Held <= _size / 4)
        {
            var growth = Math.Min(_size, maximum - _size);
            _size += growth;
            grant += growth;
        }

        _credit += grant;
        _consumed = 0;
        return (uint)grant;
    }
}
