namespace ActorNet.Protocol;

/// <summary>Numbers that belong to version 1 of the protocol. What a node may set differently is in its configuration.</summary>
public static class ProtocolLimits
{
    /// <summary>The version of the protocol this library speaks.</summary>
    public const int Version = 1;

    /// <summary>Largest payload of a frame, in bytes. The length field counts five more.</summary>
    public const int MaxPayload = 256 * 1024;

    /// <summary>Largest payload of a frame before the login, in bytes.</summary>
    public const int MaxPayloadBeforeLogin = 8 * 1024;

    /// <summary>Largest payload of PING and PONG, in bytes.</summary>
    public const int MaxPingPayload = 64;

    /// <summary>Length of the nonces in HELLO, in bytes.</summary>
    public const int NonceLength = 32;

    /// <summary>Longest device token in AUTH and AUTHENTICATED, in bytes.</summary>
    public const int MaxDevice = 128;

    /// <summary>Largest window a receiver may have granted and not got back, in bytes: what fits the sign of an int.</summary>
    public const uint MaxWindow = int.MaxValue;

    /// <summary>How deep JSON may nest.</summary>
    public const int MaxJsonDepth = 16;
}
