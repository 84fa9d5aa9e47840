using System.Globalization;
using System.Text;

namespace ActorNet.Protocol.Text;

/// <summary>
/// Characters that names and passwords are made of: those that Unicode 14 (2021) knows and a person can see. Younger ones are left
/// out because the tables of an operating system may not know them yet, and would not fold or compose them as another's do.
/// </summary>
internal static class Repertoire
{
    // Assigned in Unicode 15, 15.1 and 16. A test fails when the runtime learns a newer version: then add what that version added.
    private static readonly CodePointRanges Young = new(
        0x0897, 0x0897, 0x0cf3, 0x0cf3, 0x0ece, 0x0ece, 0x1b4e, 0x1b4f, 0x1b7f, 0x1b7f, 0x1c89, 0x1c8a, 0x2427, 0x2429, 0x2ffc, 0x2fff,
        0x31e4, 0x31e5, 0x31ef, 0x31ef, 0xa7cb, 0xa7cd, 0xa7da, 0xa7dc, 0x105c0, 0x105f3, 0x10d40, 0x10d65, 0x10d69, 0x10d85,
        0x10d8e, 0x10d8f, 0x10ec2, 0x10ec4, 0x10efc, 0x10eff, 0x1123f, 0x11241, 0x11380, 0x11389, 0x1138b, 0x1138b, 0x1138e, 0x1138e,
        0x11390, 0x113b5, 0x113b7, 0x113c0, 0x113c2, 0x113c2, 0x113c5, 0x113c5, 0x113c7, 0x113ca, 0x113cc, 0x113d5, 0x113d7, 0x113d8,
        0x113e1, 0x113e2, 0x116d0, 0x116e3, 0x11b00, 0x11b09, 0x11bc0, 0x11be1, 0x11bf0, 0x11bf9, 0x11f00, 0x11f10, 0x11f12, 0x11f3a,
        0x11f3e, 0x11f5a, 0x1342f, 0x1342f, 0x13439, 0x13455, 0x13460, 0x143fa, 0x16100, 0x16139, 0x16d40, 0x16d79, 0x18cff, 0x18cff,
        0x1b132, 0x1b132, 0x1b155, 0x1b155, 0x1cc00, 0x1ccf9, 0x1cd00, 0x1ceb3, 0x1d2c0, 0x1d2d3, 0x1df25, 0x1df2a, 0x1e030, 0x1e06d,
        0x1e08f, 0x1e08f, 0x1e4d0, 0x1e4f9, 0x1e5d0, 0x1e5fa, 0x1e5ff, 0x1e5ff, 0x1f6dc, 0x1f6dc, 0x1f774, 0x1f776, 0x1f77b, 0x1f77f,
        0x1f7d9, 0x1f7d9, 0x1f8b2, 0x1f8bb, 0x1f8c0, 0x1f8c1, 0x1fa75, 0x1fa77, 0x1fa87, 0x1fa89, 0x1fa8f, 0x1fa8f, 0x1faad, 0x1faaf,
        0x1fabb, 0x1fabf, 0x1fac6, 0x1fac6, 0x1face, 0x1facf, 0x1fada, 0x1fadc, 0x1fadf, 0x1fadf, 0x1fae8, 0x1fae9, 0x1faf7, 0x1faf8,
        0x1fbcb, 0x1fbef, 0x2b739, 0x2b739, 0x2ebf0, 0x2ee5d, 0x31350, 0x323af);

    // Default_Ignorable_Code_Point among letters and marks: fillers, joiners and selectors that are drawn as nothing. And U+FFFD, which
    // stands where a program could not read what was typed: all it could not read would be the same.
    private static readonly CodePointRanges Invisible = new(
        0x034f, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xffa0, 0xffa0, 0xfffd, 0xfffd,
        0xe0100, 0xe01ef);

    // Halves of syllables that compose into others (RFC 8264, section 9.9).
    private static readonly CodePointRanges OldHangul = new(0x1100, 0x11ff, 0xa960, 0xa97c, 0xd7b0, 0xd7fb);

    /// <summary>Whether names and passwords may have it at all; of spaces a password may.</summary>
    public static bool Has(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !Young.Contains(rune.Value) && !Invisible.Contains(rune.Value) && !OldHangul.Contains(rune.Value);

    /// <summary>Whether the text has half of a surrogate pair: then it is no text.</summary>
    public static bool IsBroken(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
