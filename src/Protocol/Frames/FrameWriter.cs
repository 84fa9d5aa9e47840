using System.Buffers;
using System.Buffers.Binary;

namespace ActorNet.Protocol.Frames;

/// <summary>Frames in, bytes out: <c>u32 length | u8 type | u32 channel | payload</c>, network byte order.</summary>
public static class FrameWriter
{
    /// <summary>Writes <paramref name="frame"/> to the start of <paramref name="destination"/> and returns its size.</summary>
    /// <exception cref="ArgumentException">The payload is over <see cref="ProtocolLimits.MaxPayload"/>, or the destination too short.</exception>
    public static int Write(Span<byte> destination, in Frame frame)
    {
        if (destination.Length < frame.Size)
            throw new ArgumentException($"A frame of {frame.Size} bytes does not fit in {destination.Length}.", nameof(destination));
        WriteHeader(destination, frame.Type, frame.Channel, frame.Payload.Length);
        frame.Payload.Span.CopyTo(destination[Frame.HeaderSize..]);
        return frame.Size;
    }

    /// <summary>Writes <paramref name="frame"/> to <paramref name="output"/>.</summary>
    public static void Write(IBufferWriter<byte> output, in Frame frame) =>
        output.Advance(Write(output.GetSpan(frame.Size), frame));

    /// <summary>The bytes of one frame.</summary>
    public static byte[] ToArray(in Frame frame)
    {
        var bytes = new byte[frame.Size];
        Write(bytes, frame);
        return bytes;
    }

    /// <summary>Writes the nine bytes before a payload of <paramref name="payload"/> bytes.</summary>
    public static void WriteHeader(Span<byte> destination, FrameType type, uint channel, int payload)
    {
        if (payload > ProtocolLimits.MaxPayload)
            throw new ArgumentException($"A payload of {payload} bytes is over the limit of {ProtocolLimits.MaxPayload}.", nameof(payload));
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(Frame.CountedHeader + payload));
        destination[4] = (byte)type;
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], channel);
    }
}
