using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>Which record an example's JSON is, by its type, its side and the service of its channel.</summary>
internal static class JsonForms
{
    private static readonly ProtocolJsonContext Forms = ProtocolJsonContext.Default;

    /// <summary>
    /// Reads all JSON in the example and returns the records. Each is written again and must come to the same JSON: a member that the
    /// example has and the record has not, or the other way round, is a mistake of the page.
    /// </summary>
    public static IReadOnlyList<object> Read(FrameExample example)
    {
        var json = example.Frame.Payload;
        switch (example.Frame.Type, example.Side)
        {
            case (FrameType.Hello, "C"): return [Same(json, Forms.ClientHello)];
            case (FrameType.Hello, _): return [Same(json, Forms.ServerHello)];
            case (FrameType.Auth, _): return [Same(json, Forms.Authenticate)];
            case (FrameType.Authenticated, "S"): return [Same(json, Forms.Authenticated)];
            case (FrameType.Goodbye, _): return [Same(json, Forms.Goodbye)];
            case (FrameType.Refused, "S"): return [Same(json, Forms.ChannelRefused)];
            case (FrameType.Close, _): return [Same(json, Forms.ChannelClosed)];
            case (FrameType.Open, "C"):
                var open = Same(json, Forms.OpenChannel);
                Assert.Equal(example.Service, open.Service);
                return [open, .. Params(open.Params, example.Service)];
            case (FrameType.Opened, "S"):
                var opened = Same(json, Forms.ChannelOpened);
                return [opened, .. Result(opened.Result, example.Service)];
            case (FrameType.Message, _): return [Message(json, example.Side, example.Service)];
            case (FrameType.Ping or FrameType.Pong or FrameType.Data or FrameType.Window or FrameType.Eof, _): return [];
            case (FrameType.ExtendedData, "S"): return [];
            default: throw new InvalidDataException($"{example.Side} never sends this: {example.Line}");
        }
    }

    private static object Message(ReadOnlyMemory<byte> json, string side, string? service) => (side, service) switch
    {
        ("C", ServiceNames.Chat) => Same(json, Forms.ChatRequest),
        ("S", ServiceNames.Chat) => Same(json, Forms.ChatEvent),
        ("C", ServiceNames.Exec) => Same(json, Forms.ExecCommand),
        ("S", ServiceNames.Exec) => Same(json, Forms.ExecEvent),
        ("C", ServiceNames.Files) => Same(json, Forms.FileCommand),
        ("S", ServiceNames.Files) => Same(json, Forms.FileEvent),
        ("S", ServiceNames.Admin) => Same(json, Forms.AdminEvent),
        _ => throw new InvalidDataException($"There are no messages in the service {service}."),
    };

    private static IEnumerable<object> Params(JsonElement? parameters, string? service) => (parameters, service) switch
    {
        (null, _) => [],
        ({ } p, ServiceNames.Chat) => [Same(Bytes(p), Forms.ChatOptions)],
        ({ } p, ServiceNames.Exec) => [Same(Bytes(p), Forms.ExecRequest)],
        ({ } p, ServiceNames.Files) => [Same(Bytes(p), Forms.FileRequest)],
        ({ } p, ServiceNames.Admin) => [Same(Bytes(p), Forms.AdminRequest)],
        _ => throw new InvalidDataException($"The service {service} takes no params."),
    };

    private static IEnumerable<object> Result(JsonElement? result, string? service) => (result, service) switch
    {
        (null, _) => [],
        ({ } r, ServiceNames.Exec) => [Same(Bytes(r), Forms.ExecStarted)],
        ({ } r, ServiceNames.Files) => [Same(Bytes(r), Forms.FileOpened)],
        ({ } r, ServiceNames.Account) => [Same(Bytes(r), Forms.WhoAmI)],
        _ => throw new InvalidDataException($"The service {service} has no result."),
    };

    private static ReadOnlyMemory<byte> Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    private static T Same<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> form)
    {
        var record = ProtocolJson.Decode(json, form);
        var again = ProtocolJson.Encode(record, form);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(json.Span), JsonNode.Parse(again)),
            $"the page says {Encoding.UTF8.GetString(json.Span)}, the code {Encoding.UTF8.GetString(again)}");
        return record;
    }
}
