using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The name of an account, prepared: by the UsernameCaseMapped profile (RFC 8265, section 3.3), and narrower: letters, marks and digits
/// of any script, '-', '_', '.', '@', beginning with a letter or digit, at most 64 bytes of UTF-8. Two that differ only in case, width or
/// the way their accents are typed are the same. Letters of two scripts that look alike are two letters.
/// </summary>
public sealed record AccountName
{
    /// <summary>Longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    // Composing may shorten a text to a third; what is longer than this cannot come to fit.
    private const int MaxRaw = 4 * MaxBytes;

    // One round does for all names of one alphabet; where mapping and composing go on and on, it is none (RFC 8264, section 7).
    private const int MaxRounds = 4;

    private AccountName(string value) => Value = value;

    /// <summary>The prepared name.</summary>
    public string Value { get; }

    /// <summary>Prepares a name as a person wrote it.</summary>
    /// <param name="text">The name.</param>
    /// <param name="name">Null if it cannot be one.</param>
    /// <param name="problem">What is wrong with it; does not repeat it.</param>
    public static bool TryPrepare(
        string text, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? problem) =>
        TryPrepare(text, NormalForms.Platform, out name, out problem);

    internal static bool TryPrepare(
        string text, NormalForms forms, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        problem = RawProblem(text);
        for (var round = 0; problem is null && round < MaxRounds; round++)
        {
            problem = NameRules.UnknownCharacter(text);
            if (problem is not null) break;
            var mapped = Mapped(text, forms);
            if (mapped == text)
            {
                problem = NameRules.Problem(text, forms);
                if (problem is null) name = new AccountName(text);
                return name is not null;
            }

            text = mapped ?? text;
            if (mapped is null)
                problem = "The name has characters that this program cannot compare, because it runs without the tables of Unicode.";
        }

        problem ??= "The name has no form that stays as it is.";
        return false;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    private static string? RawProblem(string text)
    {
        if (text.Length == 0) return "The name is empty.";
        if (text.Length > MaxRaw) return $"The name has {text.Length} characters; the limit is {MaxBytes} bytes of UTF-8.";
        return Repertoire.IsBroken(text) ? "The name has half of a character." : null;
    }

    // Width, case, form C, in this order (RFC 8265, section 3.3.3); null when this process cannot tell.
    private static string? Mapped(string text, NormalForms forms)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case >= 0xff01 and <= 0xff5e: // fullwidth ASCII
                    mapped.Append(Rune.ToLowerInvariant(new Rune(rune.Value - 0xfee0)));
                    break;
                case >= 0xff61 and <= 0xff9f: // halfwidth katakana
                    if (forms.Plain(rune) is not { } wide) return null;
                    mapped.Append(wide);
                    break;
                case 0x0130: // İ is the one letter whose lower case is two characters
                    mapped.Append("i\u0307");
                    break;
                case 0x03c2: // ς and σ are both the lower case of Σ
                    mapped.Append('σ');
                    break;
                default:
                    mapped.Append(Rune.ToLowerInvariant(rune));
                    break;
            }
        }

        return forms.Compose(mapped.ToString());
    }
}
