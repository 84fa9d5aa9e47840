using System.Text;

namespace ActorNet.Protocol.Text;

/// <summary>
/// Unicode normal form C, the same on every machine or not at all. A program in globalization-invariant mode has no tables of normal forms,
/// and there <see cref="string.Normalize()"/> returns what it was given, without a word: two sides would take one password for two. Such
/// a program takes only characters that no normalization changes and that change no neighbour: most of what keyboards type.
/// </summary>
internal sealed class NormalForms
{
    /// <summary>What this process can do.</summary>
    public static readonly NormalForms Platform = new("e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9");

    /// <summary>What a process without tables can do.</summary>
    public static readonly NormalForms WithoutTables = new(false);

    // Own normal form, combining class 0, never the second half of a composition: letters of the Latin, Greek, Cyrillic, Armenian, Hebrew
    // and Arabic scripts, Vietnamese, punctuation, currencies, kana, ideographs, Hangul syllables. A test compares them with the tables.
    private static readonly CodePointRanges Inert = new(
        0x0020, 0x02ff, 0x0386, 0x0386, 0x0388, 0x03ce, 0x0400, 0x0482, 0x048a, 0x052f, 0x0531, 0x0556, 0x0561, 0x0586, 0x05d0, 0x05ea,
        0x0620, 0x063f, 0x0641, 0x064a, 0x1e00, 0x1e99, 0x1e9e, 0x1eff, 0x2010, 0x2027, 0x2030, 0x205e, 0x20a0, 0x20c0,
        0x3041, 0x3096, 0x30a1, 0x30fa, 0x4e00, 0x9fff, 0xac00, 0xd7a3);

    // Letters among the inert that stand for others in another dress (ª for a, ĳ for ij): PRECIS lets none of these into a name.
    private static readonly CodePointRanges InertCompatibility = new(
        0x00aa, 0x00aa, 0x00b5, 0x00b5, 0x00ba, 0x00ba, 0x0132, 0x0133, 0x013f, 0x0140, 0x0149, 0x0149, 0x017f, 0x017f, 0x01c4, 0x01cc,
        0x01f1, 0x01f3, 0x02b0, 0x02b8, 0x02e0, 0x02e4);

    private readonly bool _hasTables;

    private NormalForms(bool hasTables) => _hasTables = hasTables;

    /// <summary>Whether a character means the same to every process.</summary>
    public static bool IsInert(int codePoint) => Inert.Contains(codePoint);

    /// <summary>Form C of a text of assigned characters; null when this process cannot tell what it is.</summary>
    public string? Compose(string text) =>
        text.EnumerateRunes().All(rune => IsInert(rune.Value)) ? text : _hasTables ? text.Normalize(NormalizationForm.FormC) : null;

    /// <summary>Form KC of one assigned character; null when this process cannot tell what it is.</summary>
    public string? Plain(Rune rune) => _hasTables ? rune.ToString().Normalize(NormalizationForm.FormKC) : null;

    /// <summary>Whether a letter stands for others in another dress.</summary>
    public bool IsCompatibility(Rune rune) =>
        IsInert(rune.Value) ? InertCompatibility.Contains(rune.Value) : Plain(rune) != rune.ToString();
}
