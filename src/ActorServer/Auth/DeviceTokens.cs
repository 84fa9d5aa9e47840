using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Server.Auth;

/// <summary>
/// By what a device is known again at which an account has logged in before, without a table: 16 random bytes and an HMAC of the account's
/// name, the salt of its password and them. It opens nothing; it only keeps what strangers try apart from what this device tries. It is good
/// for one password: whoever knew the last one could have gathered any number of them, to guess at the next by.
/// </summary>
public sealed class DeviceTokens
{
    private const int RandomLength = 16;

    private readonly byte[] _key;

    /// <summary>Tokens of a node.</summary>
    /// <param name="secret">The secret of the account book.</param>
    public DeviceTokens(byte[] secret) =>
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "ActorNet 1 device tokens"u8.ToArray());

    /// <summary>A new token for <paramref name="account"/>, whose password has this salt.</summary>
    public byte[] Issue(string account, byte[] salt)
    {
        var random = RandomNumberGenerator.GetBytes(RandomLength);
        return [.. random, .. Tag(account, salt, random)];
    }

    /// <summary>The device that shows <paramref name="token"/>; null: none that <paramref name="account"/> has logged in at with this password.</summary>
    public string? Find(string account, byte[] salt, byte[]? token)
    {
        if (token is not { Length: RandomLength + HMACSHA256.HashSizeInBytes }) return null;
        var random = token.AsSpan(0, RandomLength);
        return CryptographicOperations.FixedTimeEquals(Tag(account, salt, random), token.AsSpan(RandomLength))
            ? Convert.ToHexStringLower(random)
            : null;
    }

    private byte[] Tag(string account, byte[] salt, ReadOnlySpan<byte> random)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData("device"u8);
        hmac.AppendData(random);
        hmac.AppendData(SHA256.HashData(salt));
        hmac.AppendData(Encoding.UTF8.GetBytes(account));
        return hmac.GetHashAndReset();
    }
}
