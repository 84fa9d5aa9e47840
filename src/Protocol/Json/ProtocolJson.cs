using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorNet.Protocol.Json;

/// <summary>JSON payloads: UTF-8 objects, unknown members ignored, duplicate members, missing members and deep nesting refused.</summary>
public static class ProtocolJson
{
    private const int UsualSize = 256;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = WireTextEncoder.Instance, SkipValidation = true };

    /// <summary>The payload of <paramref name="message"/>.</summary>
    public static byte[] Encode<T>(T message, JsonTypeInfo<T> type)
    {
        var payload = new ArrayBufferWriter<byte>(UsualSize);
        using var writer = new Utf8JsonWriter(payload, WriterOptions);
        JsonSerializer.Serialize(writer, message, type);
        writer.Flush();
        return payload.WrittenSpan.ToArray();
    }

    /// <summary><paramref name="message"/> as an element, for a member whose form depends on the service.</summary>
    public static JsonElement ToElement<T>(T message, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(message, type);

    /// <summary>Reads a payload.</summary>
    /// <exception cref="ProtocolViolationException"><see cref="ErrorCode.Invalid"/>: not a JSON object of the expected form.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type) => Guarded(() =>
    {
        StrictJson.Check(payload);
        return JsonSerializer.Deserialize(payload.Span, type);
    });

    /// <summary>Reads a member whose form depends on the service; an absent one reads as an empty object.</summary>
    /// <exception cref="ProtocolViolationException"><see cref="ErrorCode.Invalid"/>: not of the expected form.</exception>
    public static T Decode<T>(JsonElement? element, JsonTypeInfo<T> type) =>
        Guarded(() => element is { } e ? e.Deserialize(type) : JsonSerializer.Deserialize("{}"u8, type));

    private static T Guarded<T>(Func<T?> read)
    {
        try
        {
            return read() ?? throw new ProtocolViolationException(ErrorCode.Invalid, "null stands where a JSON object is expected.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException)
        {
            throw new ProtocolViolationException(ErrorCode.Invalid, Describe<T>(e), e);
        }
    }

    // The serializer's own texts name namespaces and repeat the peer's bytes; neither belongs on the wire. Its path may repeat them too:
    // only one made of our own members' characters is passed on.
    private static string Describe<T>(Exception e)
    {
        var where = e is JsonException { Path: { Length: > 1 and < 80 } path } && path.All(IsPlain) ? $" at {path}" : "";
        return $"Not a valid {typeof(T).Name} object{where}.";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '$' or '.' or '_' or '[' or ']';
}
