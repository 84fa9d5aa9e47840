using System.Globalization;
using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Client.Terminal;

/// <summary>
/// Text of others as it may be printed: nothing in it moves the cursor, changes a colour, starts a line or turns the
/// direction of reading.
/// C0 controls become their pictures (ESC is ␛), C1, bidi controls and line separators their code (<c>\u009B</c>),
/// halves of pairs U+FFFD.
/// </summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        var first = FirstUnsafe(text);
        if (first < 0) return text;
        var safe = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var rune in text.AsSpan(first).EnumerateRunes()) Append(safe, rune);
        return safe.ToString();
    }

    private static int FirstUnsafe(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (HarmfulText.IsHarmful(text[i]) || char.IsSurrogate(text[i])) return i;
        }

        return -1;
    }

    private static void Append(StringBuilder safe, Rune rune)
    {
        // EnumerateRunes gives U+FFFD for half a pair; beyond the BMP only the tags U+E0000.. hide text
        if (rune.Value is >= 0xE0000 and <= 0xE0FFF) safe.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        else if (HarmfulText.IsHarmful(rune.Value)) safe.Append(Replacement((char)rune.Value));
        else safe.Append(rune);
    }

    private static string Replacement(char c) => c switch
    {
        '\t' => " ",
        < ' ' => ((char)(0x2400 + c)).ToString(),
        '\x7f' => "␡",
        _ => $"\\u{(int)c:X4}",
    };
}
