using System.Security.Cryptography;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// What a client may keep instead of a password (RFC 5802, section 5.1): as good as the password, at this server alone and until the
/// password changes.
/// </summary>
/// <param name="Salt">The account's.</param>
/// <param name="Iterations">The account's.</param>
/// <param name="ClientKey">HMAC(SaltedPassword, "Client Key"), 32 bytes: who has it can log in.</param>
/// <param name="ServerKey">HMAC(SaltedPassword, "Server Key"), 32 bytes.</param>
public sealed record ScramKeys(byte[] Salt, int Iterations, byte[] ClientKey, byte[] ServerKey)
{
    /// <summary>Derives the keys of a password. Takes as long as <paramref name="iterations"/> say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The salt or the iterations are beyond the limits of <see cref="ScramMechanism"/>.
    /// </exception>
    public static ScramKeys Derive(PreparedPassword password, byte[] salt, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, ScramMechanism.MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, ScramMechanism.MaxIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(salt.Length, ScramMechanism.MinSaltLength, nameof(salt));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(salt.Length, ScramMechanism.MaxSaltLength, nameof(salt));
        Span<byte> salted = stackalloc byte[SHA256.HashSizeInBytes];
        Rfc2898DeriveBytes.Pbkdf2(password.Bytes.Span, salt, salted, iterations, HashAlgorithmName.SHA256);
        var keys = new ScramKeys(
            [.. salt], iterations, HMACSHA256.HashData(salted, "Client Key"u8), HMACSHA256.HashData(salted, "Server Key"u8));
        CryptographicOperations.ZeroMemory(salted);
        return keys;
    }
}
