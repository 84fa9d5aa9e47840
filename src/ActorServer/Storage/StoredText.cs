using System.Globalization;
using System.Text;
using ActorNet.Protocol;

namespace ActorNet.Server.Storage;

/// <summary>
/// Rules of short texts that people give things in the store: the label of a key, the name of a role. They are printed in terminals and written
/// into the audit log, so that only what can be seen is taken, and single spaces inside.
/// </summary>
internal static class StoredText
{
    /// <summary>Longest text, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    /// <summary>Refuses what cannot be one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is: <c>label</c>.</param>
    /// <exception cref="AccountStoreException">With what is wrong; does not repeat the text.</exception>
    public static void Require(string text, string what)
    {
        if (Describe(text) is { } problem)
            throw new AccountStoreException(
                ErrorCode.Invalid, $"The {what} {problem}; it takes 1 to {MaxBytes} bytes of visible characters, with single spaces between them.");
    }

    private static string? Describe(string text)
    {
        if (text.Length == 0) return "is empty";
        if (Encoding.UTF8.GetByteCount(text) > MaxBytes) return "is too long";
        foreach (var rune in text.EnumerateRunes())
            // Half a surrogate pair comes as the replacement character.
            if (rune == Rune.ReplacementChar || (rune.Value != ' ' && !IsVisible(Rune.GetUnicodeCategory(rune))))
                return string.Create(CultureInfo.InvariantCulture, $"has U+{rune.Value:X4}");
        return text[0] == ' ' || text[^1] == ' ' || text.Contains("  ", StringComparison.Ordinal) ? "has spaces at an end, or two together" : null;
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator);
}
