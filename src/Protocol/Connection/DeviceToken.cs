namespace ActorNet.Protocol.Connection;

/// <summary>The rule that AUTH and AUTHENTICATED share.</summary>
internal static class DeviceToken
{
    public static void Check(byte[]? device)
    {
        if (device is { Length: 0 or > ProtocolLimits.MaxDevice })
            throw new ProtocolViolationException(
                ErrorCode.Invalid, $"The device token has {device.Length} bytes; it takes 1 to {ProtocolLimits.MaxDevice}.");
    }
}
