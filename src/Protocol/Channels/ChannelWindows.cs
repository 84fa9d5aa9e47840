namespace ActorNet.Protocol.Channels;

/// <summary>The rule that the initial windows in OPEN and OPENED share.</summary>
internal static class ChannelWindows
{
    public static void Check(uint window)
    {
        if (window > ProtocolLimits.MaxWindow)
            throw new ProtocolViolationException(
                ErrorCode.Invalid, $"A window of {window} bytes is over the limit of {ProtocolLimits.MaxWindow}.");
    }
}
