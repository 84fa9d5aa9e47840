namespace ActorNet.Protocol.Connection;

/// <summary>The rule that both HELLOs share.</summary>
internal static class HelloNonce
{
    public static void Check(byte[] nonce)
    {
        if (nonce.Length != ProtocolLimits.NonceLength)
            throw new ProtocolViolationException(
                ErrorCode.Invalid, $"The nonce of HELLO has {nonce.Length} bytes instead of {ProtocolLimits.NonceLength}.");
    }
}
