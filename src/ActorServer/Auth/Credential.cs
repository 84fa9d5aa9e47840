using System.Security.Cryptography;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Auth;

/// <summary>By what an account logs in.</summary>
public enum CredentialKind
{
    /// <summary>A password, that is, what is kept of it.</summary>
    Password,

    /// <summary>A pre-shared key of 32 random bytes.</summary>
    Key,
}

/// <summary>What a login was checked with, so that it can be told later whether it still stands.</summary>
/// <param name="Id"><see cref="PasswordId"/>, or the id of a key.</param>
/// <param name="Verifier">The stored key of the password, or the key.</param>
public sealed record Credential(string Id, byte[] Verifier)
{
    /// <summary>The id of every password.</summary>
    public const string PasswordId = "password";

    /// <summary>
    /// Why <paramref name="account"/> may no longer be logged in by this, for the person who is; null: it may.
    /// </summary>
    public string? ProblemWith(Account? account)
    {
        if (account is null) return "the account was deleted";
        if (!account.IsEnabled) return "the account was disabled";
        if (Id == PasswordId)
            return IsVerifier(account.Password?.StoredKey) ? null : "the password was changed";
        return account.Keys.Any(key => key.Id == Id && IsVerifier(key.Secret)) ? null : "the key was revoked";
    }

    private bool IsVerifier(byte[]? stored) => stored is not null && CryptographicOperations.FixedTimeEquals(stored, Verifier);
}
