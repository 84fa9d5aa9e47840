using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The server's side of one login by SCRAM-SHA-256 or SCRAM-SHA-256-PLUS (RFC 5802, 7677): <see cref="Begin"/>, <see cref="Challenge"/>,
/// <see cref="Check"/>. Pure: the caller finds the credential, and gives one that nobody has for an unknown account.
/// </summary>
public sealed class ScramServer
{
    private const string ClientFinalName = "client-final-message";

    private readonly ClientFirst _first;
    private readonly byte[] _bindingInput;

    // Null only for the test vectors of RFC 7677, which have no HELLOs.
    private readonly byte[]? _helloHash;
    private readonly string _nonce;
    private ScramCredential? _credential;
    private string? _serverFirst;

    private ScramServer(ClientFirst first, byte[] bindingInput, byte[]? helloHash, string nonce)
    {
        _first = first;
        _bindingInput = bindingInput;
        _helloHash = helloHash;
        _nonce = first.Nonce + nonce;
    }

    /// <summary>Reads the client-first-message.</summary>
    /// <param name="mechanism">What AUTH named.</param>
    /// <param name="clientFirst">The message.</param>
    /// <param name="clientHello">The payload of the client's HELLO.</param>
    /// <param name="serverHello">The payload of this server's HELLO.</param>
    /// <param name="bindings">What this connection can bind to; none without TLS.</param>
    /// <param name="offersPlus">Whether this server's HELLO offered -PLUS: a client that says it did not was deceived.</param>
    /// <exception cref="ProtocolViolationException">
    /// Malformed, an authorization identity of somebody else, a binding that was not offered, a downgrade, a mandatory extension (m=).
    /// </exception>
    public static ScramServer Begin(
        string mechanism, ReadOnlySpan<byte> clientFirst, ReadOnlyMemory<byte> clientHello, ReadOnlyMemory<byte> serverHello,
        IReadOnlyList<ChannelBinding> bindings, bool offersPlus) =>
        BeginWith(
            mechanism, clientFirst, HelloParts.Hash(clientHello.Span, serverHello.Span), bindings, offersPlus, ScramMessage.NewNonce());

    internal static ScramServer BeginWith(
        string mechanism, ReadOnlySpan<byte> clientFirst, byte[]? helloHash, IReadOnlyList<ChannelBinding> bindings, bool offersPlus,
        string nonce)
    {
        var first = ClientFirst.Parse(clientFirst);
        var binding = first.CheckFlag(mechanism, bindings, offersPlus);
        first.CheckAuthorizationIdentity();
        byte[] bindingInput = [.. Encoding.UTF8.GetBytes(first.Gs2Header), .. binding is null ? [] : binding.Data.Span];
        return new ScramServer(first, bindingInput, helloHash, nonce);
    }

    /// <summary>The name the client gave, unescaped and not prepared.</summary>
    public string UserName => _first.UserName;

    /// <summary>The server-first-message.</summary>
    public byte[] Challenge(ScramCredential credential)
    {
        if (_credential is not null) throw new InvalidOperationException("A login has one challenge.");
        _credential = credential;
        _serverFirst = $"r={_nonce},s={Convert.ToBase64String(credential.Salt)},i={credential.Iterations}"
            + (_helloHash is null ? "" : $",h={Convert.ToBase64String(_helloHash)}");
        return Encoding.UTF8.GetBytes(_serverFirst);
    }

    /// <summary>
    /// Checks the client-final-message; the server-final-message (v=…), or null when the proof is wrong. In the same time for every proof
    /// of the right length.
    /// </summary>
    /// <exception cref="ProtocolViolationException">Malformed, another nonce, another binding than the one begun with.</exception>
    public byte[]? Check(ReadOnlySpan<byte> clientFinal)
    {
        if (_credential is not { } credential || _serverFirst is not { } serverFirst)
            throw new InvalidOperationException("There is no challenge to answer, or it was answered already.");
        _serverFirst = null;
        var text = ScramMessage.Text(clientFinal, ClientFinalName);
        var attributes = ScramMessage.Attributes(text, ClientFinalName, "cr", "p");
        if (!Same(Convert.ToBase64String(_bindingInput), attributes['c']))
            throw new ProtocolViolationException(
                ErrorCode.Unauthenticated, "The channel binding in the client-final-message of SCRAM is not that of this connection.");
        if (!Same(_nonce, attributes['r']))
            throw ScramMessage.Invalid("The nonce in the client-final-message of SCRAM is not that of the challenge.");
        var proof = ScramMessage.Base64(attributes['p'], ClientFinalName, 'p');
        if (proof.Length != SHA256.HashSizeInBytes)
            throw ScramMessage.Invalid($"The proof of SCRAM has {proof.Length} bytes instead of {SHA256.HashSizeInBytes}.");

        var authMessage = ScramProof.AuthMessage(_first.Bare, serverFirst, text[..text.LastIndexOf(',')]);
        var clientKey = ScramProof.Mask(proof, credential.StoredKey, authMessage);
        var isProven = CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), credential.StoredKey);
        CryptographicOperations.ZeroMemory(clientKey);
        var signature = ScramProof.ServerSignature(credential.ServerKey, authMessage);
        var serverFinal = Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(signature)}");
        return isProven ? serverFinal : null;
    }

    private static bool Same(string expected, string received) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(received));
}
