using System.Text.Json;
using System.Text.Unicode;

namespace ActorNet.Protocol.Json;

/// <summary>
/// What the serializer lets pass and the protocol does not, so that two readers of one payload never see two things: invalid UTF-8 and
/// unpaired surrogates anywhere, two members of one name even where nobody reads them, null in an array.
/// </summary>
internal static class StrictJson
{
    // Names of the objects that are open at one moment. Messages of the protocol have a dozen; beyond, the slow way.
    private const int FastNames = 64;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = ProtocolLimits.MaxJsonDepth };

    private static readonly JsonDocumentOptions SlowOptions =
        new() { MaxDepth = ProtocolLimits.MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>Checks a payload before it is read.</summary>
    /// <exception cref="JsonException">It is not a strict JSON object.</exception>
    /// <exception cref="InvalidOperationException">A string has an unpaired surrogate.</exception>
    public static void Check(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            throw new JsonException("Not valid UTF-8.");
        if (!NamesAreDistinct(json.Span))
            using (JsonDocument.Parse(json, SlowOptions))
            {
            }
    }

    // False for "cannot tell": a name with an escape in it, or too many of them.
    private static bool NamesAreDistinct(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        Span<Range> names = stackalloc Range[FastNames];
        Span<int> firstName = stackalloc int[ProtocolLimits.MaxJsonDepth + 1];
        var count = 0;
        var objects = 0u; // one bit for each depth: set for an object, clear for an array
        var certain = true;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects |= 1u << reader.CurrentDepth;
                    firstName[reader.CurrentDepth] = count;
                    break;
                case JsonTokenType.StartArray:
                    objects &= ~(1u << reader.CurrentDepth);
                    break;
                case JsonTokenType.EndObject:
                    count = firstName[reader.CurrentDepth];
                    break;
                case JsonTokenType.PropertyName when reader.ValueIsEscaped:
                    CheckText(ref reader);
                    certain = false;
                    break;
                case JsonTokenType.PropertyName when count == FastNames:
                    certain = false;
                    break;
                case JsonTokenType.PropertyName:
                    var start = (int)reader.TokenStartIndex + 1;
                    var name = start..(start + reader.ValueSpan.Length);
                    foreach (var other in names[firstName[reader.CurrentDepth - 1]..count])
                        if (json[other].SequenceEqual(reader.ValueSpan))
                            throw new JsonException("Two members have the same name.");
                    names[count++] = name;
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped:
                    CheckText(ref reader);
                    break;
                case JsonTokenType.Null when reader.CurrentDepth > 0 && (objects & (1u << (reader.CurrentDepth - 1))) == 0:
                    throw new JsonException("null stands in an array.");
            }

            if (reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.StartObject or JsonTokenType.EndObject) })
                throw new JsonException("Not an object.");
        }

        return certain;
    }

    // Unescaping finds unpaired surrogates.
    private static void CheckText(ref Utf8JsonReader reader) => _ = reader.GetString();
}
