using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Auth;

/// <summary>
/// One login: asks the accounts for the key, compares the proofs, tells the connection, is gone. Child of its ConnectionActor. Which
/// part was wrong is said in the log and not to the client.
/// </summary>
public sealed class AuthActor : ReceiveActor
{
    private readonly IActorRef _accounts;
    private readonly Handshake _handshake;
    private readonly Authenticate _step;

    public AuthActor(IActorRef accounts, Handshake handshake, Authenticate step)
    {
        _accounts = accounts;
        _handshake = handshake;
        _step = step;

        Receive<AccountKey>(HandleAccountKey);
    }

    protected override void PreStart()
    {
        if (_step.Mechanism != HmacLogin.Mechanism) Answer(new LoginFailed("unknown mechanism"));
        else if (string.IsNullOrEmpty(_step.Account)) Answer(new LoginFailed("no account named"));
        else _accounts.Tell(new FindAccountKey(_step.Account));
    }

    private void HandleAccountKey(AccountKey message)
    {
        var account = _step.Account!;
        var key = message.Key.Span;
        var expected = HmacLogin.ClientProof(key, _handshake.ClientHello.Span, _handshake.ServerHello.Span, account);
        var matches = HmacLogin.Matches(expected, _step.Data);
        if (matches && message.IsKnown)
            Answer(new LoginSucceeded(
                account, HmacLogin.ServerProof(key, _handshake.ClientHello.Span, _handshake.ServerHello.Span, account)));
        else
            Answer(new LoginFailed($"{(message.IsKnown ? "wrong proof for" : "unknown")} account {SafeText.Short(account)}"));
    }

    private void Answer(object result)
    {
        Context.Parent.Tell(result);
        Context.Stop(Self);
    }
}
