using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Auth;

/// <summary>
/// What stands in for the password and the keys of a name that cannot log in, so that neither answer nor time tells which accounts exist
/// (RFC 5802, section 9). Derived from a secret: the same for the same name, over restarts too, as a real salt would be.
/// </summary>
public sealed class LoginDecoys
{
    /// <summary>Bytes of a salt; that of a real password must be as long.</summary>
    public const int SaltLength = 16;

    private readonly byte[] _key;
    private readonly int _iterations;

    /// <summary>Decoys of a node.</summary>
    /// <param name="secret">The secret of the account book.</param>
    /// <param name="iterations">Those of passwords that are set now.</param>
    public LoginDecoys(byte[] secret, int iterations)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "ActorNet 1 login decoys"u8.ToArray());
        _iterations = iterations;
    }

    /// <summary>What is kept of a password that nobody has.</summary>
    public ScramCredential Password(string name) =>
        new(Derive("salt", 0, name)[..SaltLength], _iterations, Derive("stored key", 0, name), Derive("server key", 0, name));

    /// <summary><paramref name="real"/>, filled up with keys that nobody has.</summary>
    public ImmutableArray<CandidateKey> Fill(IEnumerable<CandidateKey> real, string name)
    {
        // All are made, however few are needed: the time is the same for every account.
        var decoys = Enumerable.Range(0, KeyCheck.Candidates).Select(i => new CandidateKey(null, Derive("key", i, name))).ToArray();
        return [.. real.Concat(decoys).Take(KeyCheck.Candidates)];
    }

    private byte[] Derive(string purpose, int number, string name)
    {
        Span<byte> counter = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(counter, number);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes(purpose));
        hmac.AppendData(counter);
        hmac.AppendData(Encoding.UTF8.GetBytes(name));
        return hmac.GetHashAndReset();
    }
}
