using System.Security.Cryptography;

namespace ActorNet.Protocol.Auth;

/// <summary>What a server keeps of a password (RFC 5802, section 3): enough to check a proof, not enough to make one.</summary>
/// <param name="Salt">Random, of the account's own.</param>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA-256.</param>
/// <param name="StoredKey">H(ClientKey), 32 bytes.</param>
/// <param name="ServerKey">HMAC(SaltedPassword, "Server Key"), 32 bytes.</param>
public sealed record ScramCredential(byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    /// <summary>Derives what to keep. Takes as long as <paramref name="iterations"/> say: not for a thread that serves others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The salt or the iterations are beyond the limits of <see cref="ScramMechanism"/>.
    /// </exception>
    public static ScramCredential Create(PreparedPassword password, byte[] salt, int iterations)
    {
        var keys = ScramKeys.Derive(password, salt, iterations);
        var storedKey = SHA256.HashData(keys.ClientKey);
        CryptographicOperations.ZeroMemory(keys.ClientKey);
        return new ScramCredential(keys.Salt, iterations, storedKey, keys.ServerKey);
    }
}
