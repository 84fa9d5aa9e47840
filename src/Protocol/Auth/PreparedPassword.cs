using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>A password as both sides compute with it: prepared by the OpaqueString profile (RFC 8265, section 4). Never printed.</summary>
public sealed class PreparedPassword
{
    /// <summary>Longest password, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    // Composing may shorten a text to a third; what is longer than this cannot come to fit.
    private const int MaxRaw = 4 * MaxBytes;

    private readonly byte[] _bytes;

    private PreparedPassword(byte[] bytes) => _bytes = bytes;

    /// <summary>Prepares what was typed.</summary>
    /// <param name="text">The password.</param>
    /// <param name="password">Null if it cannot be one.</param>
    /// <param name="problem">What is wrong with it, for the person who typed it; does not repeat it.</param>
    public static bool TryPrepare(
        string text, [NotNullWhen(true)] out PreparedPassword? password, [NotNullWhen(false)] out string? problem) =>
        TryPrepare(text, NormalForms.Platform, out password, out problem);

    internal static bool TryPrepare(
        string text, NormalForms forms, [NotNullWhen(true)] out PreparedPassword? password, [NotNullWhen(false)] out string? problem)
    {
        password = null;
        problem = Problem(text);
        if (problem is not null) return false;
        var composed = forms.Compose(WithPlainSpaces(text));
        if (composed is null)
        {
            problem = "The password has characters that this program cannot compare, because it runs without the tables of Unicode; "
                + "type letters with their accents in one character, or run it with ICU.";
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(composed);
        if (bytes.Length > MaxBytes) problem = $"The password has {bytes.Length} bytes of UTF-8; the limit is {MaxBytes}.";
        else password = new PreparedPassword(bytes);
        return password is not null;
    }

    /// <summary>The UTF-8 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "(a password)";

    private static string? Problem(string text)
    {
        if (text.Length == 0) return "The password is empty.";
        if (text.Length > MaxRaw) return $"The password has {text.Length} characters; the limit is {MaxBytes} bytes of UTF-8.";
        if (Repertoire.IsBroken(text)) return "The password has half of a character.";
        foreach (var rune in text.EnumerateRunes())
        {
            if (HarmfulText.IsHarmful(rune.Value)) return "The password has a control character, a line end or a direction control.";
            if (!Repertoire.Has(rune)) return "The password has a character that is invisible, or too new to be the same everywhere.";
        }

        return null;
    }

    private static string WithPlainSpaces(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            plain.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? new Rune(' ') : rune);
        return plain.ToString();
    }
}
