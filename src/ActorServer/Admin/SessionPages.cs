using System.Collections.Immutable;
using ActorNet.Protocol.Administration;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Admin;

/// <summary>Sessions on their way to an administrator, a page at a time, with the channels that each connection counts. Not thread-safe.</summary>
internal sealed class SessionPages(ImmutableArray<Session> sessions)
{
    /// <summary>How long the connections of a page may take to count.</summary>
    public static readonly TimeSpan CountingTime = TimeSpan.FromSeconds(1);

    // Of some 300 bytes each: several pages fit the smallest push limit of a channel.
    private const int PageLength = 100;

    private readonly Dictionary<string, int> _channels = new(StringComparer.Ordinal);
    private ImmutableArray<Session> _page = [];
    private int _next;
    private bool _isClosed;

    /// <summary>Whether the page is complete, or was sent as far as it was.</summary>
    public bool IsCounted => _isClosed || _channels.Count == _page.Length;

    /// <summary>Goes on to the next page.</summary>
    public ImmutableArray<Session> Next()
    {
        _channels.Clear();
        _isClosed = false;
        _page = [.. sessions.Skip(_next).Take(PageLength)];
        _next += _page.Length;
        return _page;
    }

    /// <summary>A connection has counted; true if it was the last of the page.</summary>
    public bool Count(ChannelCount count)
    {
        if (_isClosed || !_page.Any(session => session.ConnectionId == count.ConnectionId)) return false;
        _channels[count.ConnectionId] = count.Channels;
        return IsCounted;
    }

    /// <summary>The page, with those who have counted by now; nobody is added to it any more.</summary>
    public SessionPage Page()
    {
        _isClosed = true;
        return new SessionPage(
            [.. _page.Where(session => _channels.ContainsKey(session.ConnectionId)).Select(EntryOf)], Last: _next == sessions.Length);
    }

    private SessionEntry EntryOf(Session session) => new(
        session.ConnectionId, session.Account, session.Remote, session.Mechanism, session.Credential, session.Since,
        _channels[session.ConnectionId]);
}
