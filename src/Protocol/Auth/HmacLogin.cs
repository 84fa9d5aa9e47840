using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The mechanisms <c>HMAC-SHA-256</c> and <c>HMAC-SHA-256-PLUS</c>: both sides prove that they hold a pre-shared key over the whole
/// conversation so far, so that neither nonce, version nor list of mechanisms can be changed on the way, and no proof can be replayed or
/// sent back; with -PLUS nor can it be passed on through another TLS connection.
/// <code>
///   proof = HMAC-SHA-256(key, label || part(client HELLO payload) || part(server HELLO payload) || part(account, UTF-8)
///                             [ || part(type of the binding, ASCII) || part(its data) ])
///   part(x) = u32 length of x || x                       network byte order
///   label   = "ActorNet 1 client proof" or "ActorNet 1 server proof", ASCII, followed by one zero byte;
///             with a binding "ActorNet 1 client proof, bound" or "ActorNet 1 server proof, bound"
/// </code>
/// The client's AUTH carries the client proof, AUTHENTICATED the server proof (RFC 2104, RFC 6234).
/// </summary>
public static class HmacLogin
{
    /// <summary>The name of the mechanism in HELLO and AUTH.</summary>
    public const string Mechanism = "HMAC-SHA-256";

    /// <summary>The name of the mechanism with channel binding.</summary>
    public const string PlusMechanism = "HMAC-SHA-256-PLUS";

    /// <summary>Length of a key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>Length of a proof, in bytes.</summary>
    public const int ProofLength = HMACSHA256.HashSizeInBytes;

    /// <summary>What the client sends; with a binding for <see cref="PlusMechanism"/>.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeyLength"/> bytes; an empty one would prove nothing.</exception>
    public static byte[] ClientProof(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> clientHello, ReadOnlySpan<byte> serverHello, string account,
        ChannelBinding? binding = null)
    {
        var label = binding is null ? "ActorNet 1 client proof\0"u8 : "ActorNet 1 client proof, bound\0"u8;
        return Proof(key, label, clientHello, serverHello, account, binding);
    }

    /// <summary>What the server answers; with a binding for <see cref="PlusMechanism"/>.</summary>
    /// <exception cref="ArgumentException">The key is not <see cref="KeyLength"/> bytes.</exception>
    public static byte[] ServerProof(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> clientHello, ReadOnlySpan<byte> serverHello, string account,
        ChannelBinding? binding = null)
    {
        var label = binding is null ? "ActorNet 1 server proof\0"u8 : "ActorNet 1 server proof, bound\0"u8;
        return Proof(key, label, clientHello, serverHello, account, binding);
    }

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool Matches(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received) =>
        CryptographicOperations.FixedTimeEquals(expected, received);

    private static byte[] Proof(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> clientHello, ReadOnlySpan<byte> serverHello, string account,
        ChannelBinding? binding)
    {
        if (key.Length != KeyLength)
            throw new ArgumentException($"A key has {KeyLength} bytes, not {key.Length}.", nameof(key));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(label);
        hmac.AppendPart(clientHello);
        hmac.AppendPart(serverHello);
        hmac.AppendPart(Encoding.UTF8.GetBytes(account));
        if (binding is not null)
        {
            hmac.AppendPart(Encoding.UTF8.GetBytes(binding.Type));
            hmac.AppendPart(binding.Data.Span);
        }

        return hmac.GetHashAndReset();
    }
}
