namespace ActorNet.Protocol.Auth;

/// <summary>
/// The server's side of one login by SCRAM-SHA-256 or SCRAM-SHA-256-PLUS (RFC 5802, 7677): <see cref="Begin"/>, <see cref="Challenge"/>,
/// <see cref="Check"/>. Pure: the caller finds the credential, and gives one that nobody has for an unknown account.
/// </summary>
public sealed class ScramServer
{
    private ScramServer()
    {
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
        IReadOnlyList<ChannelBinding> bindings, bool offersPlus) => throw new NotImplementedException();

    /// <summary>The name the client gave, unescaped and not prepared.</summary>
    public string UserName => throw new NotImplementedException();

    /// <summary>The server-first-message.</summary>
    public byte[] Challenge(ScramCredential credential) => throw new NotImplementedException();

    /// <summary>
    /// Checks the client-final-message; the server-final-message (v=…), or null when the proof is wrong. In the same time for every proof of
    /// the right length.
    /// </summary>
    /// <exception cref="ProtocolViolationException">Malformed, another nonce, another binding than the one begun with.</exception>
    public byte[]? Check(ReadOnlySpan<byte> clientFinal) => throw new NotImplementedException();
}
