using System.Collections.Immutable;
using Akka.Actor;

namespace ActorNet.Server.Auth;

/// <summary>Who is logged in, by connection. As many as there are connections, which the listeners bound. Not thread-safe.</summary>
internal sealed class LiveSessions
{
    private readonly Dictionary<string, LiveSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, string> _ids = [];
    private long _order;

    /// <summary>All, in no order; may be changed by <see cref="Update"/> meanwhile.</summary>
    public ImmutableArray<LiveSession> All => [.. _byId.Values];

    /// <summary>What all hold, in the order of the logins.</summary>
    public ImmutableArray<Session> InOrder => [.. _byId.Values.OrderBy(live => live.Order).Select(live => live.Session)];

    /// <summary>The session of this connection, or null.</summary>
    public LiveSession? Find(string connectionId) => _byId.GetValueOrDefault(connectionId);

    /// <summary>One more.</summary>
    public void Add(Session session, Credential credential, IActorRef connection)
    {
        _byId[session.ConnectionId] = new LiveSession(session, credential, connection, ++_order);
        _ids[connection] = session.ConnectionId;
    }

    /// <summary>The same login, with other roles or rights.</summary>
    public void Update(LiveSession live, Session session) => _byId[session.ConnectionId] = live with { Session = session };

    /// <summary>The connection is gone, or has been told to go.</summary>
    public void Remove(IActorRef connection)
    {
        if (_ids.Remove(connection, out var id)) _byId.Remove(id);
    }
}

/// <summary>A login, what it was proven with, and whom to tell when it no longer holds.</summary>
internal sealed record LiveSession(Session Session, Credential Credential, IActorRef Connection, long Order);
