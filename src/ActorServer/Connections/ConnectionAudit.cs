using System.Globalization;
using ActorNet.Protocol;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// What the audit is told of one connection: its login, which must be written before the client is let in, or how it failed; and the end
/// of what was logged in. Each once.
/// </summary>
/// <param name="audit">The AuditActor; nobody: nothing can be written, and so nobody is let in.</param>
/// <param name="connectionId">The connection.</param>
/// <param name="origin">Where it comes from.</param>
internal sealed class ConnectionAudit(IActorRef audit, string connectionId, ConnectionOrigin origin)
{
    private string? _mechanism;
    private string? _claimed;
    private Session? _session;
    private bool _isDone;

    /// <summary>Whether an AUTH came.</summary>
    public bool HasTried => _mechanism is not null;

    /// <summary>An AUTH came.</summary>
    public void Tried(string mechanism) => _mechanism ??= mechanism;

    /// <summary>It names an account.</summary>
    public void Claimed(string? account) => _claimed = account;

    /// <summary>The login succeeded; <paramref name="asker"/> is told <see cref="Noted"/> or <see cref="NotNoted"/>.</summary>
    public void LoggedIn(Session session, IActorRef asker)
    {
        _session = session;
        if (audit.IsNobody())
            asker.Tell(new NotNoted(null));
        else
            audit.Tell(new NoteFirst(Event("login", AuditEvent.Ok, ("transport", origin.Protection.Name))), asker);
    }

    /// <summary>The connection ends. Before a login that is the failure of the one that was tried, if one was.</summary>
    public void LoginEnded(ErrorCode? code, string reason)
    {
        if (_isDone || !HasTried || _session is not null) return;
        _isDone = true;
        audit.Tell(new Note(Event("login", (code ?? ErrorCode.Unauthenticated).ToWire(), ("reason", reason))));
    }

    /// <summary>The connection has ended.</summary>
    public void Ended(ErrorCode? code, string reason, long bytesIn, long bytesOut, double seconds)
    {
        LoginEnded(code, reason);
        if (_session is null) return;
        audit.Tell(new Note(Event(
            "logout", code?.ToWire() ?? AuditEvent.Ok,
            ("bytes_in", Text(bytesIn)), ("bytes_out", Text(bytesOut)), ("seconds", Text(Math.Round(seconds, 3))), ("reason", reason))));
    }

    private AuditEvent Event(string act, string outcome, params ReadOnlySpan<(string Name, string Value)> details)
    {
        var account = _session?.Account ?? (_claimed is null ? null : SafeText.Short(_claimed));
        var all = new List<KeyValuePair<string, string>> { new("mechanism", SafeText.Short(_mechanism!)) };
        if (_session is not null) all.Add(new("credential", _session.Credential));
        foreach (var (name, value) in details) all.Add(new(name, value));
        return new AuditEvent(act, outcome)
        {
            Connection = connectionId,
            Account = account,
            Remote = origin.Remote,
            Details = [.. all],
        };
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
