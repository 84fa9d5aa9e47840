using System.Globalization;
using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// What a mapped name must be made of (RFC 8264, section 4.2, narrowed), and in which order (the bidi rule, RFC 5893, section 2).
/// </summary>
internal static class NameRules
{
    // Letters and marks that RFC 5892, section 2.6, takes out: tatweel, lajanyalan, tone marks, repeat marks.
    private static readonly CodePointRanges Exceptions =
        new(0x0640, 0x0640, 0x07fa, 0x07fa, 0x302e, 0x302f, 0x3031, 0x3035, 0x303b, 0x303b);

    // Scripts that are written from right to left.
    private static readonly CodePointRanges RightToLeft =
        new(0x0590, 0x08ff, 0xfb1d, 0xfdff, 0xfe70, 0xfefe, 0x10800, 0x10fff, 0x1e800, 0x1efff);

    private enum Direction
    {
        Left,
        Right,
        Number,
        ArabicNumber,
        Neutral,
        Mark,
    }

    /// <summary>What is wrong with a name before it can be mapped; null if nothing is.</summary>
    public static string? UnknownCharacter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Repertoire.Has(rune)) return Refused(rune);
        }

        return null;
    }

    /// <summary>What is wrong with a mapped name; null if nothing is.</summary>
    public static string? Problem(string name, NormalForms forms)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsAllowed(rune, forms)) return Refused(rune);
        }

        if (!char.IsAsciiLetterOrDigit(name[0]) && !Rune.IsLetterOrDigit(Rune.GetRuneAt(name, 0)))
            return "The name does not begin with a letter or a digit.";
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > AccountName.MaxBytes) return $"The name has {bytes} bytes of UTF-8; the limit is {AccountName.MaxBytes}.";
        return IsReadOneWay(name) ? null : "The name mixes directions of writing, so that it could be read in two ways.";
    }

    private static bool IsAllowed(Rune rune, NormalForms forms) =>
        rune.Value is '-' or '_' or '.' or '@'
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            && Repertoire.Has(rune) && !Exceptions.Contains(rune.Value) && !forms.IsCompatibility(rune));

    // A name with anything from right to left in it begins with such a letter, has none of the other direction, ends with a letter or
    // digit (marks aside), and has digits of one kind.
    private static bool IsReadOneWay(string name)
    {
        var directions = name.EnumerateRunes().Select(DirectionOf).ToList();
        if (!directions.Exists(direction => direction is Direction.Right or Direction.ArabicNumber)) return true;
        return directions[0] == Direction.Right
            && !directions.Contains(Direction.Left)
            && directions.FindLast(direction => direction != Direction.Mark) != Direction.Neutral
            && !(directions.Contains(Direction.Number) && directions.Contains(Direction.ArabicNumber));
    }

    private static Direction DirectionOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark => Direction.Mark,
        UnicodeCategory.DecimalDigitNumber when rune.Value is (>= '0' and <= '9') or (>= 0x06f0 and <= 0x06f9) => Direction.Number,
        UnicodeCategory.DecimalDigitNumber when rune.Value is (>= 0x0660 and <= 0x0669) or (>= 0x10d30 and <= 0x10d39) =>
            Direction.ArabicNumber,
        _ when rune.IsAscii && !Rune.IsLetter(rune) => Direction.Neutral,
        _ => RightToLeft.Contains(rune.Value) ? Direction.Right : Direction.Left,
    };

    // The code point is harmless to print; the character may not be.
    private static string Refused(Rune rune) =>
        $"The name has U+{rune.Value:X4}; it takes letters and digits of any script, '-', '_', '.' and '@'.";
}
