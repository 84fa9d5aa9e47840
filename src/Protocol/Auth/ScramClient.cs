using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The client's side of one login by SCRAM-SHA-256 or SCRAM-SHA-256-PLUS (RFC 5802, 7677): <see cref="First"/>, then
/// <see cref="ReadChallenge"/> and <see cref="Final"/>, then <see cref="VerifyServer"/>. Pure: computes, sends nothing.
/// </summary>
public sealed class ScramClient
{
    private const string ServerFirstName = "server-first-message";

    private readonly string _nonce;
    private readonly string _clientFirstBare;
    private readonly string _gs2Header;
    private readonly ChannelBinding? _binding;

    // Null only for the test vectors of RFC 7677, which have no HELLOs.
    private readonly byte[]? _helloHash;
    private Challenge? _challenge;
    private byte[]? _serverSignature;

    /// <summary>A new login.</summary>
    /// <param name="account">Who logs in.</param>
    /// <param name="clientHello">The payload of the client's HELLO as it was sent.</param>
    /// <param name="serverHello">The payload of the server's HELLO as it came.</param>
    /// <param name="binding">With it, -PLUS. Null: without.</param>
    /// <param name="serverLacksBinding">
    /// This client could bind and the server offers no -PLUS: said by the flag "y", so that a server that did offer it refuses.
    /// </param>
    /// <exception cref="ArgumentException">A binding, and a server that lacks it.</exception>
    public ScramClient(
        AccountName account, ReadOnlyMemory<byte> clientHello, ReadOnlyMemory<byte> serverHello, ChannelBinding? binding,
        bool serverLacksBinding)
        : this(
            account, HelloParts.Hash(clientHello.Span, serverHello.Span), binding, serverLacksBinding, ScramMessage.NewNonce())
    {
    }

    internal ScramClient(AccountName account, byte[]? helloHash, ChannelBinding? binding, bool serverLacksBinding, string nonce)
    {
        if (binding is not null && serverLacksBinding)
            throw new ArgumentException("A server that lacks channel binding cannot be bound to.", nameof(serverLacksBinding));
        _helloHash = helloHash;
        _binding = binding;
        _nonce = nonce;
        _gs2Header = binding is not null ? $"p={binding.Type},," : serverLacksBinding ? "y,," : "n,,";
        _clientFirstBare = $"n={ScramMessage.Escape(account.Value)},r={nonce}";
    }

    /// <summary>The mechanism to name in AUTH.</summary>
    public string Mechanism => _binding is null ? ScramMechanism.Plain : ScramMechanism.Plus;

    /// <summary>The client-first-message.</summary>
    public byte[] First() => Encoding.UTF8.GetBytes(_gs2Header + _clientFirstBare);

    /// <summary>Reads the server-first-message; afterwards <see cref="Salt"/> and <see cref="Iterations"/> are known.</summary>
    /// <exception cref="ProtocolViolationException">
    /// Malformed, another nonce, a hash of other HELLOs, too few or absurdly many iterations.
    /// </exception>
    public void ReadChallenge(ReadOnlySpan<byte> serverFirst)
    {
        if (_challenge is not null) throw new InvalidOperationException("The server's challenge was read already.");
        var text = ScramMessage.Text(serverFirst, ServerFirstName);
        var attributes = ScramMessage.Attributes(text, ServerFirstName, "rsi");
        var nonce = CheckedNonce(attributes['r']);
        var salt = CheckedSalt(attributes['s']);
        var iterations = CheckedIterations(attributes['i']);
        if (_helloHash is not null) CheckHelloHash(attributes.GetValueOrDefault('h'));
        _challenge = new Challenge(text, nonce, salt, iterations);
    }

    /// <summary>The account's salt.</summary>
    public byte[] Salt => Read.Salt;

    /// <summary>The account's iterations.</summary>
    public int Iterations => Read.Iterations;

    /// <summary>The client-final-message.</summary>
    /// <exception cref="ArgumentException">The keys are of another salt or of other iterations than the challenge asks for.</exception>
    public byte[] Final(ScramKeys keys)
    {
        if (keys.Iterations != Iterations || !keys.Salt.AsSpan().SequenceEqual(Salt))
            throw new ArgumentException("The keys are of another salt or of other iterations than the challenge.", nameof(keys));
        byte[] bindingInput = [.. Encoding.UTF8.GetBytes(_gs2Header), .. _binding is null ? [] : _binding.Data.Span];
        var withoutProof = $"c={Convert.ToBase64String(bindingInput)},r={Read.Nonce}";
        var authMessage = ScramProof.AuthMessage(_clientFirstBare, Read.Text, withoutProof);
        _serverSignature = ScramProof.ServerSignature(keys.ServerKey, authMessage);
        var proof = ScramProof.Mask(keys.ClientKey, SHA256.HashData(keys.ClientKey), authMessage);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    /// <summary>
    /// Whether the server-final-message proves that the server has the account's keys. False for anything else: an error (e=), another
    /// signature, more than a signature, no message at all.
    /// </summary>
    public bool VerifyServer(ReadOnlySpan<byte> serverFinal)
    {
        var signature = _serverSignature ?? throw new InvalidOperationException("The server cannot have proven anything before Final.");
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes($"v={Convert.ToBase64String(signature)}"), serverFinal);
    }

    private Challenge Read => _challenge ?? throw new InvalidOperationException("The server's challenge was not read yet.");

    private string CheckedNonce(string nonce)
    {
        if (!nonce.StartsWith(_nonce, StringComparison.Ordinal))
            throw ScramMessage.Invalid("The nonce in the server-first-message of SCRAM does not begin with the client's.");
        ScramMessage.CheckNonce(nonce[_nonce.Length..], "server's");
        return nonce;
    }

    private static byte[] CheckedSalt(string text)
    {
        var salt = ScramMessage.Base64(text, ServerFirstName, 's');
        return salt.Length is >= ScramMechanism.MinSaltLength and <= ScramMechanism.MaxSaltLength
            ? salt
            : throw ScramMessage.Invalid(
                $"The salt of SCRAM has {salt.Length} bytes; it takes {ScramMechanism.MinSaltLength} to {ScramMechanism.MaxSaltLength}.");
    }

    private static int CheckedIterations(string text)
    {
        if (text[0] == '0' || text.AsSpan().ContainsAnyExceptInRange('0', '9')
            || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
            throw ScramMessage.Invalid("The iterations of SCRAM are not a number, or an absurd one.");
        return iterations switch
        {
            < ScramMechanism.MinIterations => throw ScramMessage.Invalid(
                $"The server asks for {iterations} iterations; a password is not proven with fewer than {ScramMechanism.MinIterations}."),
            > ScramMechanism.MaxIterations => throw ScramMessage.Invalid(
                $"The server asks for {iterations} iterations; more than {ScramMechanism.MaxIterations} are not computed."),
            _ => iterations,
        };
    }

    private void CheckHelloHash(string? text)
    {
        if (text is null)
            throw ScramMessage.Invalid("The server-first-message of SCRAM has no hash of the HELLOs (h=).");
        if (!CryptographicOperations.FixedTimeEquals(ScramMessage.Base64(text, ServerFirstName, 'h'), _helloHash))
            throw new ProtocolViolationException(
                ErrorCode.Unauthenticated, "Client and server did not see the same HELLOs: somebody on the way changed them.");
    }

    private sealed record Challenge(string Text, string Nonce, byte[] Salt, int Iterations);
}
