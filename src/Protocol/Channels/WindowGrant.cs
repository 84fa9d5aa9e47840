using System.Buffers.Binary;
using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Channels;

/// <summary>WINDOW: the payload is one u32, the number of bytes granted on top of what is left.</summary>
public static class WindowGrant
{
    /// <summary>A WINDOW frame that grants <paramref name="bytes"/>.</summary>
    public static Frame ToFrame(uint channel, uint bytes)
    {
        var payload = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, bytes);
        return new Frame(FrameType.Window, channel, payload);
    }

    /// <summary>The number of bytes a WINDOW frame grants.</summary>
    /// <exception cref="ProtocolViolationException">The payload is not four bytes, or grants nothing.</exception>
    public static uint Parse(in Frame frame)
    {
        if (frame.Payload.Length != sizeof(uint))
            throw new ProtocolViolationException($"WINDOW on channel {frame.Channel} has {frame.Payload.Length} bytes instead of 4.");
        var bytes = BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.Span);
        if (bytes == 0)
            throw new ProtocolViolationException($"WINDOW on channel {frame.Channel} grants 0 bytes.");
        return bytes;
    }
}
