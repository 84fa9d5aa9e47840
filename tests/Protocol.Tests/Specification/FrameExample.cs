using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>One frame as the specification writes it: <c>C DATA 1 "hello"</c>.</summary>
/// <param name="Side">C for the client, S for the server.</param>
/// <param name="Service">Service of the channel, where it matters.</param>
/// <param name="Frame">The frame that the line says.</param>
/// <param name="Line">The line, for messages of failed tests.</param>
internal sealed record FrameExample(string Side, string? Service, Frame Frame, string Line)
{
    public static FrameExample Parse(string sideAndLine, string? service)
    {
        var parts = sideAndLine.Split(' ', 2);
        return Parse(parts[0], parts[1], service);
    }

    public static FrameExample Parse(string side, string line, string? service)
    {
        Assert.Contains(side, (string[])["C", "S"]);
        var parts = line.Split(' ', 3);
        var type = Enum.GetValues<FrameType>().Single(type => type.ToWire() == parts[0]);
        var channel = uint.Parse(parts[1], CultureInfo.InvariantCulture);
        return new FrameExample(side, service, new Frame(type, channel, Payload(type, parts.ElementAtOrDefault(2) ?? "")), line);
    }

    private static byte[] Payload(FrameType type, string text)
    {
        switch (type)
        {
            case FrameType.Data or FrameType.ExtendedData or FrameType.Ping or FrameType.Pong:
                return Encoding.UTF8.GetBytes(JsonSerializer.Deserialize<string>(text)!);
            case FrameType.Window:
                var payload = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(payload, uint.Parse(text, CultureInfo.InvariantCulture));
                return payload;
            default:
                return Encoding.UTF8.GetBytes(text);
        }
    }
}
