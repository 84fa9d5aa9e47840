using System.Globalization;
using System.Text;

namespace ActorNet.Server.Audit;

/// <summary>Text as a JSON string of bounded length that does no harm in a terminal either.</summary>
internal static class AuditText
{
    /// <summary>Appends <paramref name="text"/> in quotes.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="text">Anything; half a surrogate pair becomes U+FFFD.</param>
    /// <param name="limit">Bytes of UTF-8, escapes counted, after which it is cut; the mark of the cut comes on top.</param>
    public static void Append(StringBuilder json, string text, int limit)
    {
        json.Append('"');
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var escape = EscapeOf(rune);
            bytes += escape?.Length ?? rune.Utf8SequenceLength;
            if (bytes > limit)
            {
                json.Append(CultureInfo.InvariantCulture, $"…(cut from {text.Length} characters)");
                break;
            }

            if (escape is null) json.Append(rune);
            else json.Append(escape);
        }

        json.Append('"');
    }

    private static string? EscapeOf(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Hex(rune),
        _ => null,
    };

    // Beyond 16 bits JSON knows pairs of surrogates only.
    private static string Hex(Rune rune) => string.Concat(rune.ToString().Select(c => $"\\u{(int)c:x4}"));
}
