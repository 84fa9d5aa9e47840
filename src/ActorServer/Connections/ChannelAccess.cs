using ActorNet.Protocol;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// What one channel may do, what it waits for the audit to write down, and what it was granted. Owned by its ChannelActor, which bounds how
/// much it asks for at once. Not thread-safe.
/// </summary>
internal sealed class ChannelAccess(Rights rights, AuditTrail trail, IActorRef channel)
{
    private readonly Dictionary<object, Asked> _asked = [];
    private readonly HashSet<Demand> _held = [];
    private long _lastTag;

    /// <summary>What the account may do now.</summary>
    public Rights Rights { get; private set; } = rights;

    /// <summary>Decides about one demand: refuses now, or goes on when the audit has answered.</summary>
    public void Require(
        Demand demand, IReadOnlyList<KeyValuePair<string, string>> details, Action granted, Action<ErrorCode, string> refused)
    {
        var asked = new Asked(demand, details, granted, refused);
        if (!Rights.Allows(demand))
        {
            RefuseForbidden(asked);
        }
        else if (trail.Audit.IsNobody())
        {
            RefuseUnaudited(asked);
        }
        else
        {
            object tag = ++_lastTag;
            _asked.Add(tag, asked);
            trail.Audit.Tell(new NoteFirst(EventOf(asked, AuditEvent.Ok), tag), channel);
        }
    }

    /// <summary>The audit has it: what was asked for is done, if the right is still there.</summary>
    public void HandleNoted(Noted message)
    {
        if (Take(message.Tag) is not { } asked) return;
        if (!Rights.Allows(asked.Demand))
        {
            RefuseForbidden(asked);
            return;
        }

        _held.Add(asked.Demand);
        asked.Granted();
    }

    /// <summary>The audit could not write it, and so it is not done.</summary>
    public void HandleNotNoted(NotNoted message)
    {
        if (Take(message.Tag) is { } asked) RefuseUnaudited(asked);
    }

    /// <summary>What was granted is no longer made use of; whether it was granted.</summary>
    public bool Release(Demand demand) => _held.Remove(demand);

    /// <summary>From now on the account may do this; a demand that was granted and is no longer allowed, or null.</summary>
    public Demand? Change(Rights rights)
    {
        Rights = rights;
        Demand? first = null;
        foreach (var lost in _held.Where(demand => !rights.Allows(demand)))
        {
            first ??= lost;
            trail.Note(lost.Verb.ToWire(), Forbidden, lost.Scope, KeyValuePair.Create("reason", "the right was taken away"));
        }

        return first;
    }

    /// <summary>The channel is gone: what the audit has, or will have, was not done after all.</summary>
    public void Abandon()
    {
        foreach (var asked in _asked.Values) trail.Note(asked.Demand.Verb.ToWire(), AuditTrail.Cancelled, asked.Demand.Scope);
        _asked.Clear();
    }

    private static string Forbidden => ErrorCode.Forbidden.ToWire();

    private Asked? Take(object? tag) => tag is not null && _asked.Remove(tag, out var asked) ? asked : null;

    private void RefuseForbidden(Asked asked)
    {
        trail.Audit.Tell(new Note(EventOf(asked, Forbidden)));
        asked.Refused(ErrorCode.Forbidden, $"this account lacks the right {asked.Demand}; whoami shows those it has");
    }

    private static void RefuseUnaudited(Asked asked) =>
        asked.Refused(ErrorCode.Unavailable, "the node cannot write its audit log; ask who runs it");

    private AuditEvent EventOf(Asked asked, string outcome) =>
        trail.Event(asked.Demand.Verb.ToWire(), outcome, asked.Demand.Scope, [.. asked.Details]);

    private sealed record Asked(
        Demand Demand, IReadOnlyList<KeyValuePair<string, string>> Details, Action Granted, Action<ErrorCode, string> Refused);
}
