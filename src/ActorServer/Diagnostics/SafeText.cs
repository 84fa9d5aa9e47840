using System.Globalization;
using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Server.Diagnostics;

/// <summary>
/// Text from outside, made harmless for a terminal or a log: control characters (C0, DEL, C1), separators of lines and
/// characters that turn the direction of writing are shown as <c>\u001b</c>, so that none is obeyed.
/// </summary>
internal static class SafeText
{
    // A line has room for a name, not for the 8 KiB that a stranger may send.
    private const int LongestName = 64;

    /// <summary>A name that a peer chose, cut where it is longer than names are.</summary>
    public static string Short(string name) => Cut(name, LongestName);

    /// <summary>The text, or its first characters and a mark; no character is cut in half.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }

    /// <summary>The text on one line.</summary>
    public static string OneLine(string text) => Escape(text, keepLines: false);

    /// <summary>The text with its line feeds kept; carriage returns go.</summary>
    public static string Lines(string text) =>
        Escape(text.Replace("\r\n", "\n", StringComparison.Ordinal), keepLines: true);

    private static string Escape(string text, bool keepLines)
    {
        if (!text.Any(c => IsHarmful(c, keepLines))) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            if (IsHarmful(c, keepLines))
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                safe.Append(c);
        return safe.ToString();
    }

    private static bool IsHarmful(char c, bool keepLines) => HarmfulText.IsHarmful(c) && !(keepLines && c is '\n' or '\t');
}
