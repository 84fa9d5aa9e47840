using System.Collections.Frozen;
using System.Collections.Immutable;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Storage;
using Akka.Actor;

namespace ActorNet.Server.Auth;

/// <summary>
/// Owns who may log in and who is logged in: the accounts as the store last told them, in memory, so that no login waits for a disk. Every
/// login asks it twice, before the proof and after; whose account or credential goes is told so at once. Lives as long as the node.
/// </summary>
public sealed class AccountsActor : ReceiveActor
{
    private readonly int _iterations;
    private readonly Func<IEnumerable<string>, Rights> _rightsOf;
    private readonly LoginThrottle _throttle;
    private readonly LiveSessions _sessions = new();
    private AccountBook _book;
    private LoginDecoys _decoys;
    private DeviceTokens _devices;

    /// <summary>Starts with <paramref name="book"/>.</summary>
    /// <param name="book">The accounts.</param>
    /// <param name="settings">How to log in.</param>
    /// <param name="iterations">Those of passwords that are set now, told of accounts that do not exist.</param>
    /// <param name="rightsOf">What roles of these names allow together.</param>
    public AccountsActor(AccountBook book, LoginSettings settings, int iterations, Func<IEnumerable<string>, Rights> rightsOf)
    {
        _iterations = iterations;
        _rightsOf = rightsOf;
        _throttle = new LoginThrottle(settings);
        (_book, _decoys, _devices) = (book, new LoginDecoys(book, iterations), new DeviceTokens(book.Secret));

        Receive<BeginLogin>(HandleBeginLogin);
        Receive<OpenSession>(HandleOpenSession);
        Receive<AccountsChanged>(HandleAccountsChanged);
        Receive<ListSessions>(_ => Sender.Tell(new SessionList(_sessions.InOrder)));
        Receive<EndSession>(HandleEndSession);
        Receive<Terminated>(ended => _sessions.Remove(ended.ActorRef));
    }

    private void HandleBeginLogin(BeginLogin message)
    {
        // Names that no account can have share one: they are of no use to anybody, and may be long.
        var name = message.Account?.Value ?? "";
        // Nobody guesses 256 bits, and what strangers try must not hold up machines.
        var wait = message.Kind == CredentialKind.Password
            ? _throttle.Begin(name, _devices.Find(name, SaltOf(name), message.Device), Context.System.Scheduler.MonotonicClock)
            : null;
        Sender.Tell(wait is { } time ? new LoginThrottled(time) : MaterialFor(message));
    }

    // A decoy is made for every name: the time is the same.
    private byte[] SaltOf(string name)
    {
        var decoy = _decoys.Password(name).Salt;
        return _book.Find(name)?.Password?.Salt ?? decoy;
    }

    private LoginMaterial MaterialFor(BeginLogin login)
    {
        var account = login.Account is { } name ? _book.Find(name.Value) : null;
        var problem = account is null ? "unknown account" : !account.IsEnabled ? "disabled account" : null;
        return login.Kind == CredentialKind.Password ? WithPassword(login, account, problem) : WithKeys(login, account, problem);
    }

    private LoginMaterial WithPassword(BeginLogin login, Account? account, string? problem)
    {
        var decoy = _decoys.Password(login.Account?.Value ?? login.Claimed);
        if (account?.Password is not { } password)
            return new LoginMaterial(problem ?? "no password set for account", decoy, []);
        // A disabled account keeps its salt: that it is disabled shows to nobody.
        return problem is null
            ? new LoginMaterial(null, password, [])
            : new LoginMaterial(problem, decoy with { Salt = password.Salt, Iterations = password.Iterations }, []);
    }

    private LoginMaterial WithKeys(BeginLogin login, Account? account, string? problem)
    {
        var keys = account?.Keys ?? ImmutableArray<MachineKey>.Empty;
        if (problem is null && keys.IsEmpty) problem = "no keys of account";
        var candidates = _decoys.Fill(keys.Select(key => new CandidateKey(key.Id, key.Secret)), login.Account?.Value ?? login.Claimed);
        return new LoginMaterial(problem, null, candidates);
    }

    private void HandleOpenSession(OpenSession message)
    {
        var name = message.Account.Value;
        var account = _book.Find(name);
        // The book may have changed since the proof was asked for.
        if (message.Credential.ProblemWith(account) is { } problem)
        {
            Sender.Tell(new SessionDenied(problem));
            return;
        }

        var session = new Session(
            name, account!.Roles, _rightsOf(account.Roles), message.Credential.Id, message.Mechanism, message.ConnectionId, message.Remote,
            Context.System.Scheduler.Now);
        _sessions.Add(session, message.Credential, Context.Watch(message.Connection));
        Sender.Tell(new SessionOpened(session, DeviceFor(message)));
    }

    private byte[]? DeviceFor(OpenSession login)
    {
        if (login.Credential.Id != Credential.PasswordId) return null;
        var name = login.Account.Value;
        var salt = SaltOf(name);
        var device = _devices.Find(name, salt, login.Device);
        _throttle.Succeeded(name, device);
        return device is null ? _devices.Issue(name, salt) : null;
    }

    private void HandleAccountsChanged(AccountsChanged message)
    {
        _book = message.Book;
        _decoys = new LoginDecoys(_book, _iterations);
        _devices = new DeviceTokens(_book.Secret);
        foreach (var live in _sessions.All) Check(live);
    }

    private void Check(LiveSession live)
    {
        var account = _book.Find(live.Session.Account);
        if (live.Credential.ProblemWith(account) is { } problem)
        {
            End(live, new SessionRevoked(problem, problem));
            return;
        }

        if (account!.Roles.SequenceEqual(live.Session.Roles)) return;
        var rights = _rightsOf(account.Roles);
        _sessions.Update(live, live.Session with { Roles = account.Roles, Rights = rights });
        live.Connection.Tell(new RightsChanged(rights, account.Roles));
    }

    private void HandleEndSession(EndSession message)
    {
        if (_sessions.Find(message.ConnectionId) is not { } live)
        {
            Sender.Tell(new SessionNotFound(message.ConnectionId));
            return;
        }

        End(live, new SessionRevoked($"ended by {message.By}", "an administrator ended the connection"));
        Sender.Tell(new SessionEnded(live.Session));
    }

    private void End(LiveSession live, SessionRevoked why)
    {
        live.Connection.Tell(why);
        _sessions.Remove(live.Connection);
        Context.Unwatch(live.Connection);
    }

    // Nobody could be told any more that a session has ended: all end now.
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var live in _sessions.All) End(live, new SessionRevoked("the accounts failed", "the node has a fault; its log says more"));
        base.PreRestart(reason, message);
    }

    // What the props hold is the book of the start, in which who was disabled since may still log in: nobody does until the store has told
    // how it is now.
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _book = _book with { Accounts = FrozenDictionary<string, Account>.Empty };
        Context.System.EventStream.Publish(AccountsLost.Instance);
    }
}
