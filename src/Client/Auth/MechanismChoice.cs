using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;

namespace ActorNet.Client.Auth;

/// <summary>
/// Which mechanism, bound to what: the one of the credentials, with channel binding whenever both sides can. That the
/// offer was not thinned out on the way is proven by the proofs, which cover both HELLOs; SCRAM's flag says it once more
/// (RFC 5802, section 6).
/// </summary>
internal static class MechanismChoice
{
    /// <exception cref="LoginFailedException">The server does not offer what the credentials need.</exception>
    public static LoginMechanism Of(
        ClientOptions options, byte[] clientHello, byte[] serverHelloBytes, ServerHello serverHello,
        IReadOnlyList<ChannelBinding> bindings)
    {
        var account = options.PreparedAccount();
        if (options.Credentials is KeyCredentials { Key: var key })
        {
            var bound = Binding(HmacLogin.PlusMechanism, serverHello, bindings);
            if (bound is null) Require(HmacLogin.Mechanism, "keys", serverHello, options);
            return new HmacMechanism(key, account, clientHello, serverHelloBytes, bound);
        }

        var binding = Binding(ScramMechanism.Plus, serverHello, bindings);
        if (binding is null) Require(ScramMechanism.Plain, "passwords", serverHello, options);
        var lacksBinding = bindings.Count > 0 && !serverHello.Mechanisms.Contains(ScramMechanism.Plus);
        return new ScramLoginMechanism(
            new ScramClient(account, clientHello, serverHelloBytes, binding, lacksBinding),
            (ScramCredentials)options.Credentials!);
    }

    // The first of the server's list, the best first, that this side has too.
    private static ChannelBinding? Binding(
        string plus, ServerHello hello, IReadOnlyList<ChannelBinding> bindings) =>
        hello.Mechanisms.Contains(plus)
            ? (hello.ChannelBindings ?? []).Select(type => bindings.FirstOrDefault(b => b.Type == type))
                .FirstOrDefault(b => b is not null)
            : null;

    private static void Require(string mechanism, string kind, ServerHello hello, ClientOptions options)
    {
        if (!hello.Mechanisms.Contains(mechanism))
            throw new LoginFailedException(
                null, $"{options.Server} takes no logins by {mechanism}, the mechanism for {kind}, on this connection");
    }
}
