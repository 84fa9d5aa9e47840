using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Json;

/// <summary>
/// Enumerations by their names in kebab case, and by nothing else: the serializer's own converter also takes <c>NotFound</c>, blanks
/// around a name and <c>not-found, conflict</c>.
/// </summary>
internal class WireNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly (T Value, string Name)[] Names =
        [.. Enum.GetValues<T>().Select(value => (value, JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())))];

    /// <summary>The name of <paramref name="value"/> on the wire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the enumeration.</exception>
    public static string NameOf(T value)
    {
        foreach (var known in Names)
            if (EqualityComparer<T>.Default.Equals(known.Value, value))
                return known.Name;
        throw new ArgumentOutOfRangeException(nameof(value), value, null);
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            foreach (var known in Names)
                if (reader.ValueTextEquals(known.Name))
                    return known.Value;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(NameOf(value));
}
