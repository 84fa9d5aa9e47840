using System.Globalization;
using System.Text;
using ActorNet.Protocol;

namespace ActorNet.Server.Chat;

/// <summary>
/// Rules of the name a member shows beside the account: anything that can be seen, emoji too, and single spaces inside.
/// Controls, direction controls, zero-width and other invisible characters, private use and line breaks are refused:
/// the name is printed in other people's terminals.
/// </summary>
public static class MemberName
{
    /// <summary>
    /// What is wrong with <paramref name="name"/>, which may have <paramref name="limit"/> bytes of UTF-8; null if
    /// nothing is.
    /// </summary>
    public static ChatProblem? Check(string name, int limit) =>
        Describe(name, limit) is { } detail ? new ChatProblem(ErrorCode.Invalid, detail) : null;

    private static string? Describe(string name, int limit)
    {
        if (name.Length == 0) return "The name to show is empty.";
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > limit) return $"The name to show has {bytes} bytes; the limit is {limit}.";
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value != ' ' && !IsVisible(Rune.GetUnicodeCategory(rune)))
                return $"The name to show has U+{rune.Value:X4}; it takes visible characters and single spaces.";
        }

        return name[0] == ' ' || name[^1] == ' ' || name.Contains("  ", StringComparison.Ordinal)
            ? "The name to show has spaces at an end, or two together."
            : null;
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator);
}
