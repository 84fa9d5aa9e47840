using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Storage;

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

    // Of all passwords there are, in their order: passwords from before a change of the setting have others.
    private readonly int[] _iterations;

    /// <summary>Decoys of a node.</summary>
    /// <param name="book">The accounts to be hidden among.</param>
    /// <param name="iterations">Those of passwords that are set now.</param>
    public LoginDecoys(AccountBook book, int iterations)
    {
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, book.Secret, HMACSHA256.HashSizeInBytes, info: "ActorNet 1 login decoys"u8.ToArray());
        int[] stored = [.. book.Accounts.Values.Where(account => account.Password is not null).Select(account => account.Password!.Iterations).Order()];
        _iterations = stored.Length > 0 ? stored : [iterations];
    }

    /// <summary>What is kept of a password that nobody has. Its iterations are as common among decoys as among passwords.</summary>
    public ScramCredential Password(string name)
    {
        var draw = BinaryPrimitives.ReadUInt64BigEndian(Derive("iterations", 0, name));
        var iterations = _iterations[(int)Math.BigMul(draw, (ulong)_iterations.Length, out _)];
        // As those of a password change only when it is set anew, so does the salt of a decoy.
        return new ScramCredential(
            Derive("salt", iterations, name)[..SaltLength], iterations, Derive("stored key", 0, name), Derive("server key", 0, name));
    }

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
