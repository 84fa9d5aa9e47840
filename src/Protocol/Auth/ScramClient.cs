namespace ActorNet.Protocol.Auth;

/// <summary>
/// The client's side of one login by SCRAM-SHA-256 or SCRAM-SHA-256-PLUS (RFC 5802, 7677): <see cref="First"/>, then
/// <see cref="ReadChallenge"/> and <see cref="Final"/>, then <see cref="VerifyServer"/>. Pure: computes, sends nothing.
/// </summary>
public sealed class ScramClient
{
    /// <summary>A new login.</summary>
    /// <param name="account">Who logs in.</param>
    /// <param name="clientHello">The payload of the client's HELLO as it was sent.</param>
    /// <param name="serverHello">The payload of the server's HELLO as it came.</param>
    /// <param name="binding">With it, -PLUS. Null: without.</param>
    /// <param name="serverLacksBinding">
    /// This client could bind and the server offers no -PLUS: said by the flag "y", so that a server that did offer it refuses.
    /// </param>
    public ScramClient(
        AccountName account, ReadOnlyMemory<byte> clientHello, ReadOnlyMemory<byte> serverHello, ChannelBinding? binding, bool serverLacksBinding) =>
        throw new NotImplementedException();

    /// <summary>The mechanism to name in AUTH.</summary>
    public string Mechanism => throw new NotImplementedException();

    /// <summary>The client-first-message.</summary>
    public byte[] First() => throw new NotImplementedException();

    /// <summary>Reads the server-first-message; afterwards <see cref="Salt"/> and <see cref="Iterations"/> are known.</summary>
    /// <exception cref="ProtocolViolationException">Malformed, another nonce, a hash of other HELLOs, too few or absurdly many iterations.</exception>
    public void ReadChallenge(ReadOnlySpan<byte> serverFirst) => throw new NotImplementedException();

    /// <summary>The account's salt.</summary>
    public byte[] Salt => throw new NotImplementedException();

    /// <summary>The account's iterations.</summary>
    public int Iterations => throw new NotImplementedException();

    /// <summary>The client-final-message.</summary>
    public byte[] Final(ScramKeys keys) => throw new NotImplementedException();

    /// <summary>Whether the server-final-message proves that the server has the account's keys.</summary>
    public bool VerifyServer(ReadOnlySpan<byte> serverFinal) => throw new NotImplementedException();
}
