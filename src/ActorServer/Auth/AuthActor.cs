using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Auth;

/// <summary>
/// One login: reads the client's AUTH, gets from the accounts what to check it with, tells the connection how it ended, is gone. At most
/// two AUTH of the client: there is no state in which a third is read. Child of its ConnectionActor. Which part was wrong is said in the
/// log and not to the client, and a name that nobody has takes the same road to the end.
/// </summary>
public sealed class AuthActor : ReceiveActor
{
    private readonly IActorRef _accounts;
    private readonly Handshake _handshake;
    private readonly ConnectionOrigin _origin;
    private readonly string _connectionId;
    private Authenticate _first = null!;
    private string? _claimed;
    private AccountName? _account;
    private ScramServer? _scram;
    private LoginMaterial _material = null!;
    private byte[] _serverData = [];

    /// <summary>Waits for the client's first AUTH.</summary>
    public AuthActor(IActorRef accounts, Handshake handshake, ConnectionOrigin origin, string connectionId)
    {
        _accounts = accounts;
        _handshake = handshake;
        _origin = origin;
        _connectionId = connectionId;
        Become(Starting);
    }

    private void Starting() => Receive<LoginStep>(message => HandleFirst(message.Step));

    private void Asking()
    {
        Receive<LoginMaterial>(HandleLoginMaterial);
        Receive<LoginThrottled>(HandleLoginThrottled);
    }

    private void Challenged() => Receive<LoginStep>(message => HandleNext(message.Step));

    private void Opening()
    {
        Receive<SessionOpened>(HandleSessionOpened);
        Receive<SessionDenied>(denied => Fail($"{denied.Detail} while {Named} logged in"));
    }

    private string Named => SafeText.Short(_claimed ?? "");

    private void HandleFirst(Authenticate step)
    {
        _first = step;
        if (!_handshake.Mechanisms.Contains(step.Mechanism))
            Fail("a mechanism that was not offered");
        else if (step.Mechanism is ScramMechanism.Plain or ScramMechanism.Plus)
            BeginScram(step);
        else if (string.IsNullOrEmpty(step.Account))
            Fail("no account named");
        else
            Begin(step.Account, CredentialKind.Key);
    }

    private void BeginScram(Authenticate step)
    {
        // Two names in one login are one too many.
        if (step.Account is not null)
        {
            Fail("an account named beside the one in the data");
            return;
        }

        _scram = ScramServer.Begin(
            step.Mechanism, step.Data, _handshake.ClientHello, _handshake.ServerHello, _origin.Protection.Bindings,
            _handshake.Mechanisms.Contains(ScramMechanism.Plus));
        Begin(_scram.UserName, CredentialKind.Password);
    }

    private void Begin(string claimed, CredentialKind kind)
    {
        _claimed = claimed;
        // One that cannot be an account's name goes on as one that nobody has.
        _account = AccountName.TryPrepare(claimed, out var name, out _) ? name : null;
        _accounts.Tell(new BeginLogin(claimed, _account, kind, _first.Device));
        Become(Asking);
    }

    private void HandleLoginThrottled(LoginThrottled message)
    {
        var seconds = (long)Math.Ceiling(message.RetryAfter.TotalSeconds);
        Fail(
            $"too many failed logins as {Named}; not checked for another {seconds} s",
            ErrorCode.RateLimited, $"too many failed logins of this account; try again in {seconds} s");
    }

    private void HandleLoginMaterial(LoginMaterial message)
    {
        _material = message;
        if (_scram is null)
        {
            CheckKey();
            return;
        }

        Context.Parent.Tell(new LoginChallenge(_claimed!, new Authenticate(_first.Mechanism, _scram.Challenge(message.Password!))));
        Become(Challenged);
    }

    private void CheckKey()
    {
        var bindings = _first.Mechanism == HmacLogin.PlusMechanism ? _origin.Protection.Bindings : KeyCheck.Unbound;
        (var key, _serverData) = KeyCheck.Find(_material.Keys, _handshake, _claimed!, bindings, _first.Data);
        Finish(key is null ? null : new Credential(key.Id!, key.Secret), "wrong proof");
    }

    private void HandleNext(Authenticate step)
    {
        if (step.Mechanism != _first.Mechanism || step.Account is not null || step.Device is not null)
        {
            Fail("a second AUTH that is not of the same login");
            return;
        }

        var final = _scram!.Check(step.Data);
        _serverData = final ?? [];
        Finish(final is null ? null : new Credential(Credential.PasswordId, _material.Password!.StoredKey), "wrong password");
    }

    private void Finish(Credential? proven, string wrong)
    {
        if (_material.Problem is { } problem)
        {
            Fail($"{problem} {Named}");
            return;
        }

        if (proven is null || _account is null)
        {
            Fail($"{wrong} for account {Named}");
            return;
        }

        _accounts.Tell(new OpenSession(
            _account, proven, _first.Mechanism, Context.Parent, _connectionId, _origin.Remote, _first.Device));
        Become(Opening);
    }

    private void HandleSessionOpened(SessionOpened message) => End(new LoginSucceeded(message.Session, _serverData, message.Device));

    private void Fail(string detail, ErrorCode code = ErrorCode.Unauthenticated, string message = "the login failed") =>
        End(new LoginFailed(code, message, detail, _claimed));

    private void End(object result)
    {
        Context.Parent.Tell(result);
        Context.Stop(Self);
    }

    // What breaks the rules of the mechanism says nothing of the account, and is told to the client as it is.
    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (ProtocolViolationException violation)
        {
            Fail(violation.Message, violation.Code, violation.Message);
            return true;
        }
    }
}
