namespace ActorNet.Protocol.Auth;

/// <summary>
/// The client-first-message of SCRAM: <c>n,,n=alice,r=nonce</c>, <c>p=tls-exporter,,n=alice,r=nonce</c> (RFC 5802, section 7).
/// </summary>
/// <param name="Gs2Header">All up to and with the second comma.</param>
/// <param name="Flag"><c>n</c>, <c>y</c>, or <c>p=</c> and the type of a binding.</param>
/// <param name="AuthorizationIdentity">As whom the client wants to act; null: as who logs in.</param>
/// <param name="Bare">All behind the header: part of what is proven.</param>
/// <param name="UserName">Who logs in, not prepared.</param>
/// <param name="Nonce">The client's nonce.</param>
internal sealed record ClientFirst(
    string Gs2Header, string Flag, string? AuthorizationIdentity, string Bare, string UserName, string Nonce)
{
    private const string Name = "client-first-message";
    private const string BindingFlag = "p=";

    public static ClientFirst Parse(ReadOnlySpan<byte> message)
    {
        var text = ScramMessage.Text(message, Name);
        var flagEnd = text.IndexOf(',', StringComparison.Ordinal);
        var headerEnd = flagEnd < 0 ? -1 : text.IndexOf(',', flagEnd + 1);
        if (headerEnd < 0) throw ScramMessage.Invalid("The client-first-message of SCRAM has no GS2 header with two commas.");
        var identity = text[(flagEnd + 1)..headerEnd];
        if (identity is not "" && (!identity.StartsWith("a=", StringComparison.Ordinal) || identity.Length == 2))
            throw ScramMessage.Invalid("The GS2 header of SCRAM has something other than an authorization identity between its commas.");
        var bare = text[(headerEnd + 1)..];
        var attributes = ScramMessage.Attributes(bare, Name, "nr");
        ScramMessage.CheckNonce(attributes['r'], "client's");
        return new ClientFirst(
            text[..(headerEnd + 1)], text[..flagEnd], identity is "" ? null : ScramMessage.Unescape(identity[2..]), bare,
            ScramMessage.Unescape(attributes['n']), attributes['r']);
    }

    /// <summary>Whether flag, mechanism and offer belong together (RFC 5802, section 6); the binding, or null where there is none.</summary>
    public ChannelBinding? CheckFlag(string mechanism, IReadOnlyList<ChannelBinding> bindings, bool offersPlus)
    {
        switch (mechanism)
        {
            case ScramMechanism.Plain when Flag is "n":
                return null;
            case ScramMechanism.Plain when Flag is "y" && offersPlus:
                throw new ProtocolViolationException(
                    ErrorCode.Unauthenticated,
                    $"The client was told that this server has no {ScramMechanism.Plus}; it has. Somebody on the way changed its HELLO.");
            case ScramMechanism.Plain when Flag is "y":
                return null;
            case ScramMechanism.Plain:
                throw ScramMessage.Invalid($"{ScramMechanism.Plain} takes the flag n or y.");
            case ScramMechanism.Plus when Flag.StartsWith(BindingFlag, StringComparison.Ordinal):
                return bindings.FirstOrDefault(binding => binding.Type == Flag[BindingFlag.Length..])
                    ?? throw ScramMessage.Invalid("The client binds to something that was not offered on this connection.");
            case ScramMechanism.Plus:
                throw ScramMessage.Invalid($"{ScramMechanism.Plus} takes the flag p= and the type of a binding.");
            default:
                throw ScramMessage.Invalid("The mechanism is none of SCRAM's.");
        }
    }

    /// <summary>Nobody acts as somebody else.</summary>
    public void CheckAuthorizationIdentity()
    {
        if (AuthorizationIdentity is null || AuthorizationIdentity == UserName) return;
        if (AccountName.TryPrepare(AuthorizationIdentity, out var actsAs, out _)
            && AccountName.TryPrepare(UserName, out var logsIn, out _) && actsAs == logsIn)
            return;
        throw new ProtocolViolationException(
            ErrorCode.Unauthenticated, "The authorization identity of SCRAM is not the account that logs in; leave it out.");
    }
}
