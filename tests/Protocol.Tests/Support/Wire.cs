using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Tests.Support;

/// <summary>Frames as text and as they come out of a reader, for tests that compare them.</summary>
internal static class Wire
{
    public static byte[] Hex(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => !char.IsWhiteSpace(c))));

    /// <summary>What a reader makes of these segments.</summary>
    public static List<Frame> Read(IEnumerable<ReadOnlyMemory<byte>> segments, int maxPayload = ProtocolLimits.MaxPayload)
    {
        var reader = new FrameReader(maxPayload);
        var frames = new List<Frame>();
        foreach (var segment in segments)
            reader.Read(segment, frames);
        Assert.True(reader.IsAtBoundary, "the input ends within a frame");
        return frames;
    }

    public static List<Frame> Read(params byte[][] segments) =>
        Read(segments.Select(segment => (ReadOnlyMemory<byte>)segment));

    /// <summary>Cuts the bytes into segments of these sizes, over and over.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> bytes, params int[] sizes)
    {
        for (var i = 0; !bytes.IsEmpty; i++)
        {
            var size = Math.Min(Math.Max(1, sizes[i % sizes.Length]), bytes.Length);
            yield return bytes[..size];
            bytes = bytes[size..];
        }
    }

    /// <summary>
    /// Frames as lines, with the pieces of a stream joined: what must not depend on how the bytes were cut.
    /// </summary>
    public static List<string> Describe(IEnumerable<Frame> frames)
    {
        var lines = new List<string>();
        foreach (var frame in frames)
        {
            var head = $"{frame.Type.ToWire()} {frame.Channel} ";
            if (frame.Type.IsStream() && lines.Count > 0 && lines[^1].StartsWith(head, StringComparison.Ordinal))
                lines[^1] += Convert.ToHexStringLower(frame.Payload.Span);
            else
                lines.Add(head + Convert.ToHexStringLower(frame.Payload.Span));
        }

        return lines;
    }

    public static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
