using System.Text;

namespace ActorNet.Client.Terminal;

/// <summary>
/// The part of a line that fits the terminal, around the cursor, on one row: it scrolls sideways instead of wrapping.
/// </summary>
internal static class PromptView
{
    /// <summary>What to draw, and the column the cursor belongs in (from 0).</summary>
    public static (string Text, int Column) Of(string prompt, string line, int cursor, int width)
    {
        var room = Math.Max(1, width - TextWidth.Of(prompt) - 1);
        var safe = SafeText.Of(line[..cursor]);
        var before = TakeEnd(safe, room);
        var after = TakeStart(SafeText.Of(line[cursor..]), room - TextWidth.Of(before));
        return (prompt + before + after, TextWidth.Of(prompt) + TextWidth.Of(before));
    }

    private static string TakeStart(string text, int columns)
    {
        var taken = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            columns -= TextWidth.Of(rune);
            if (columns < 0) break;
            taken.Append(rune);
        }

        return taken.ToString();
    }

    private static string TakeEnd(string text, int columns)
    {
        var excess = TextWidth.Of(text) - columns;
        var start = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (excess <= 0) break;
            excess -= TextWidth.Of(rune);
            start += rune.Utf16SequenceLength;
        }

        return text[start..];
    }
}
