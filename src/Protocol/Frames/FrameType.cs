namespace ActorNet.Protocol.Frames;

/// <summary>The <c>type</c> byte of a frame. Types below 16 belong to the connection (channel 0), the others to a channel.</summary>
public enum FrameType : byte
{
    /// <summary>First frame of each side: version, software, nonce (JSON).</summary>
    Hello = 1,

    /// <summary>One step of the login (JSON).</summary>
    Auth = 2,

    /// <summary>The login succeeded, with the server's proof (JSON). Server only.</summary>
    Authenticated = 3,

    /// <summary>Asks for a PONG with the same payload, at most 64 bytes.</summary>
    Ping = 4,

    /// <summary>Answers a PING with its payload.</summary>
    Pong = 5,

    /// <summary>The sender closes the connection; code and message say why (JSON).</summary>
    Goodbye = 6,

    /// <summary>Opens a channel to a service (JSON). Client only.</summary>
    Open = 16,

    /// <summary>The channel is open; carries the server's window (JSON). Server only.</summary>
    Opened = 17,

    /// <summary>The channel was not opened (JSON). Server only.</summary>
    Refused = 18,

    /// <summary>Bytes of the channel's stream. Boundaries carry no meaning. Spends the receiver's window.</summary>
    Data = 19,

    /// <summary>Bytes of the second stream, stderr. Spends the receiver's window. Server only.</summary>
    ExtendedData = 20,

    /// <summary>A message of the channel's service (JSON). Spends the receiver's window.</summary>
    Message = 21,

    /// <summary>Grants the peer so many more bytes (u32).</summary>
    Window = 22,

    /// <summary>The sender sends no more DATA and EXTENDED_DATA on this channel.</summary>
    Eof = 23,

    /// <summary>The sender is done with the channel; the number is free when both have sent it (JSON).</summary>
    Close = 24,
}

/// <summary>What the type of a frame says about it.</summary>
public static class FrameTypes
{
    /// <summary>Whether the protocol knows this type.</summary>
    public static bool IsKnown(this FrameType type) =>
        type is (>= FrameType.Hello and <= FrameType.Goodbye) or (>= FrameType.Open and <= FrameType.Close);

    /// <summary>Whether the frame belongs to the connection and so has channel 0.</summary>
    public static bool IsOfConnection(this FrameType type) => type < FrameType.Open;

    /// <summary>Whether the payload is a piece of a byte stream, which a reader may pass on before the frame is whole.</summary>
    public static bool IsStream(this FrameType type) => type is FrameType.Data or FrameType.ExtendedData;

    /// <summary>Whether the payload's bytes are spent from the receiver's window.</summary>
    public static bool SpendsWindow(this FrameType type) =>
        type is FrameType.Data or FrameType.ExtendedData or FrameType.Message;

    /// <summary>Least and most bytes of payload a frame of this type may have. The reader's own limit may be lower.</summary>
    internal static (int Least, int Most) PayloadBounds(this FrameType type) => type switch
    {
        FrameType.Ping or FrameType.Pong => (0, ProtocolLimits.MaxPingPayload),
        FrameType.Window => (sizeof(uint), sizeof(uint)),
        FrameType.Eof => (0, 0),
        FrameType.Data or FrameType.ExtendedData => (1, ProtocolLimits.MaxPayload),
        _ => ("{}".Length, ProtocolLimits.MaxPayload),
    };

    /// <summary>The name used in the specification, <c>EXTENDED_DATA</c>.</summary>
    public static string ToWire(this FrameType type) => type switch
    {
        FrameType.ExtendedData => "EXTENDED_DATA",
        _ when type.IsKnown() => type.ToString().ToUpperInvariant(),
        _ => $"type {(byte)type}",
    };
}
