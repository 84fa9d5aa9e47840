using ActorNet.Protocol.Channels;

namespace ActorNet.Server.Connections;

/// <summary>
/// What a channel may send now: the smaller of what the client granted and what this side is ready to hold for the socket. The second is
/// learnt from markers: a batch that takes the unflushed bytes over a quarter of the limit asks to be told when the socket has taken it.
/// </summary>
public sealed class SendCredit(uint channel, uint initialWindow, int outboundLimit)
{
    private readonly SendWindow _window = new(channel, initialWindow);
    private int _unflushed;
    private int _marked;

    /// <summary>Bytes of a stream that may be sent now.</summary>
    public int Available => Math.Max(0, Math.Min(_window.Available, outboundLimit - _unflushed));

    /// <summary>
    /// Size up to which a message may be sent now. A message cannot be cut: it passes whole, even one larger than the limit, as long as
    /// the limit is not reached before it.
    /// </summary>
    public int AvailableForMessage => _unflushed < outboundLimit ? _window.Available : 0;

    /// <summary>Bytes handed to the socket's queue that are not known to have left it.</summary>
    public int Unflushed => _unflushed;

    /// <summary>Adds what the client granted.</summary>
    /// <exception cref="ActorNet.Protocol.ProtocolViolationException">More than a window may be.</exception>
    public void Grow(uint bytes) => _window.Grow(bytes);

    /// <summary>Takes off what is being sent.</summary>
    public void Spend(int bytes)
    {
        _window.Spend(bytes);
        _unflushed += bytes;
    }

    /// <summary>Whether the batch being sent should ask for <see cref="FramesFlushed"/>; then it counts as asked.</summary>
    public bool TakeMarker()
    {
        if (_marked > 0 || _unflushed < outboundLimit / 4) return false;
        _marked = _unflushed;
        return true;
    }

    /// <summary>The socket has taken everything up to the marker.</summary>
    public void Flushed()
    {
        _unflushed -= _marked;
        _marked = 0;
    }
}
