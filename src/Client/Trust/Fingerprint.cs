using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ActorNet.Client.Trust;

/// <summary>
/// The SHA-256 of a certificate (DER), as OpenSSH writes fingerprints: <c>SHA256:</c> and base64 without padding.
/// </summary>
public sealed record Fingerprint
{
    private const string Prefix = "SHA256:";

    private readonly string _text;

    private Fingerprint(ReadOnlySpan<byte> hash) => _text = Prefix + Convert.ToBase64String(hash).TrimEnd('=');

    /// <summary>The fingerprint of a certificate.</summary>
    /// <param name="certificate">In DER.</param>
    public static Fingerprint Of(ReadOnlySpan<byte> certificate) => new(SHA256.HashData(certificate));

    /// <summary>Reads one as it is written; padding may stand at its end.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Fingerprint? fingerprint)
    {
        fingerprint = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var base64 = text[Prefix.Length..].TrimEnd('=') + "=";
        var hash = new byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(base64, hash, out var length) || length != hash.Length) return false;
        fingerprint = new Fingerprint(hash);
        return true;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => _text;
}
