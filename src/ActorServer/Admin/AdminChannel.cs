using ActorNet.Protocol;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Admin;

/// <summary>
/// One request of an administrator: asks the accounts who is logged in, and then lists them page by page, or has one of them ended. Ends
/// with the answer. Which connections there are is no secret worth a difference: one that the account may not end is one that is not there.
/// </summary>
public sealed class AdminChannel : ChannelActor
{
    private readonly IActorRef _accounts;
    private SessionPages? _pages;

    public AdminChannel(ChannelContext context, IActorRef accounts) : base(context)
    {
        _accounts = accounts;

        Receive<SessionList>(HandleSessionList);
        Receive<ChannelCount>(HandleChannelCount);
        Receive<CountingTimedOut>(_ => SendPage());
        Receive<SessionEnded>(HandleSessionEnded);
        Receive<SessionNotFound>(message => RefuseUnknown(message.ConnectionId));
    }

    protected override void OnStart() => _accounts.Tell(Auth.ListSessions.Instance);

    protected override void OnSendable()
    {
        if (_pages is { IsCounted: true }) SendPage();
    }

    private void HandleSessionList(SessionList message)
    {
        if (Params(ProtocolJsonContext.Default.AdminRequest) is DisconnectSession disconnect)
        {
            End(disconnect.Connection, message.Sessions.FirstOrDefault(session => session.ConnectionId == disconnect.Connection));
            return;
        }

        Opened();
        _pages = new SessionPages(message.Sessions);
        CountPage(_pages);
    }

    private void End(string connection, Session? session)
    {
        if (session is null)
        {
            Channel.Trail.Note(Verb.AdminDisconnect.ToWire(), ErrorCode.NotFound.ToWire(), null, KeyValuePair.Create("connection", connection));
            RefuseUnknown(connection);
            return;
        }

        Require(
            AccessTable.DemandOf(ServiceNames.Admin, new SessionToEnd(session.Account)),
            () => _accounts.Tell(new EndSession(connection, Channel.Account)),
            (code, message) =>
            {
                if (code == ErrorCode.Forbidden) RefuseUnknown(connection);
                else Refuse(code, message);
            },
            KeyValuePair.Create("connection", connection));
    }

    private void HandleSessionEnded(SessionEnded message)
    {
        Opened();
        SendMessage(new SessionDisconnected(message.Session.ConnectionId), ProtocolJsonContext.Default.AdminEvent);
        Finish();
    }

    private void HandleChannelCount(ChannelCount message)
    {
        if (_pages?.Count(message) == true) SendPage();
    }

    // A connection that has ended meanwhile does not answer, and is none to list.
    private void CountPage(SessionPages pages)
    {
        foreach (var session in pages.Next())
            Context.ActorSelection(ConnectionAddress.PathOf(session.ConnectionId)).Tell(CountChannels.Instance, Self);
        Timers.StartSingleTimer(nameof(CountingTimedOut), CountingTimedOut.Instance, SessionPages.CountingTime);
        if (pages.IsCounted) SendPage();
    }

    // Held back while it does not fit the client's window, unless that is so small that room may never come.
    private void SendPage()
    {
        if (_pages is not { } pages) return;
        Timers.Cancel(nameof(CountingTimedOut));
        var page = pages.Page();
        var json = ProtocolJson.Encode(page, ProtocolJsonContext.Default.AdminEvent);
        if (Sendable < json.Length && json.Length <= Channel.Open.Window / 2) return;
        SendMessage(json);
        if (page.Last) Finish();
        else CountPage(pages);
    }

    private void RefuseUnknown(string connection) =>
        Refuse(ErrorCode.NotFound, $"there is no connection {SafeText.OneLine(SafeText.Short(connection))}");

    private void Finish()
    {
        _pages = null;
        SendEof();
        Close();
    }

    private sealed record CountingTimedOut
    {
        public static readonly CountingTimedOut Instance = new();
    }
}
