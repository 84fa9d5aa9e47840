using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Storage;

/// <summary>From what a person typed to what is kept of it.</summary>
internal static class PasswordRules
{
    private const int SaltLength = 16;
    private const int GeneratedLength = 20;

    // 56 characters, none that looks like another (0 O o, 1 l I): 20 of them are 116 bits.
    private const string Unambiguous = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Derives the credential, with a salt of its own; takes as long as the iterations say.</summary>
    /// <exception cref="AccountStoreException">It cannot be a password, or is too short; does not repeat it.</exception>
    public static ScramCredential Derive(string text, AccountStoreSettings settings)
    {
        if (!PreparedPassword.TryPrepare(text, out var password, out var problem))
            throw new AccountStoreException(ErrorCode.Invalid, problem);
        var length = Encoding.UTF8.GetString(password.Bytes.Span).EnumerateRunes().Count();
        if (length < settings.MinPasswordLength)
            throw new AccountStoreException(
                ErrorCode.Invalid,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"That password is too short: it takes {settings.MinPasswordLength} characters or more (actornet.accounts.password.min-length)."));
        return ScramCredential.Create(password, RandomNumberGenerator.GetBytes(SaltLength), settings.Iterations);
    }

    /// <summary>A random one that a person can read out and type.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Unambiguous, GeneratedLength);
}
