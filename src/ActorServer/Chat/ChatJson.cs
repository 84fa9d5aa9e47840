using System.Text.Encodings.Web;
using System.Text.Json;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;

namespace ActorNet.Server.Chat;

/// <summary>
/// Chat events as bytes. Text goes out as UTF-8 as far as the serializer lets it: the default escapes, made for HTML,
/// would make six bytes of one <c>&lt;</c>, and 64 KiB of them more than a frame. These make at most three of one.
/// </summary>
public static class ChatJson
{
    private static readonly ProtocolJsonContext Context = new(new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
    {
        TypeInfoResolver = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The payload of <paramref name="chatEvent"/>, with its type.</summary>
    public static ReadOnlyMemory<byte> Encode(ChatEvent chatEvent) => ProtocolJson.Encode(chatEvent, Context.ChatEvent);
}
