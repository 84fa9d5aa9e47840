namespace ActorNet.Protocol.Channels;

/// <summary>What this side may still send on a channel. Not thread-safe.</summary>
public sealed class SendWindow
{
    private readonly uint _channel;

    /// <summary>Starts with what OPEN or OPENED granted.</summary>
    /// <exception cref="ProtocolViolationException">More than <see cref="ProtocolLimits.MaxWindow"/>.</exception>
    public SendWindow(uint channel, uint initial)
    {
        _channel = channel;
        Grow(initial);
    }

    /// <summary>Bytes that may be sent now.</summary>
    public int Available { get; private set; }

    /// <summary>Adds what the peer granted.</summary>
    /// <exception cref="ProtocolViolationException">The sum is more than <see cref="ProtocolLimits.MaxWindow"/>.</exception>
    public void Grow(uint bytes)
    {
        var sum = (ulong)Available + bytes;
        if (sum > ProtocolLimits.MaxWindow)
            throw new ProtocolViolationException(
                $"The window of channel {_channel} would be {sum} bytes; the limit is {ProtocolLimits.MaxWindow}.");
        Available = (int)sum;
    }

    /// <summary>Takes off what is being sent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than is available.</exception>
    public void Spend(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Available);
        Available -= bytes;
    }
}
