namespace ActorNet.Protocol.Frames;

/// <summary>
/// A frame, or for DATA and EXTENDED_DATA a piece of one. The payload is read-only for everybody and stays valid as long as it
/// is referenced.
/// </summary>
public readonly record struct Frame(FrameType Type, uint Channel, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Bytes before the payload: length (4), type (1), channel (4).</summary>
    public const int HeaderSize = 9;

    /// <summary>What the length field counts beside the payload: type (1) and channel (4).</summary>
    public const int CountedHeader = 5;

    /// <summary>Bytes of the whole frame on the wire.</summary>
    public int Size => HeaderSize + Payload.Length;

    /// <summary>Bytes this frame takes from the receiver's window.</summary>
    public int WindowCost => Type.SpendsWindow() ? Payload.Length : 0;

    /// <summary>Type, channel and size, for logs; never the payload.</summary>
    public override string ToString() => $"{Type.ToWire()} channel {Channel}, {Payload.Length} bytes";
}
