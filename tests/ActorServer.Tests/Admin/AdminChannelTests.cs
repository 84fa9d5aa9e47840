using System.Collections.Immutable;
using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Admin;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;
using ListLogins = ActorNet.Server.Auth.ListSessions;

namespace ActorNet.Server.Tests.Admin;

/// <summary>What an administrator asks, between probes for the framing, the accounts and the audit, and connections that count.</summary>
public sealed class AdminChannelTests : ActorSpec
{
    private const string List = """{"type":"sessions"}""";
    private readonly TestProbe _framing;
    private readonly TestProbe _accounts;
    private readonly TestProbe _audit;

    public AdminChannelTests()
    {
        (_framing, _accounts, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Sys.ActorOf(Props.Create(() => new FakeListeners()), ConnectionAddress.Listeners);
    }

    [Fact]
    public void Sessions_are_listed_with_the_channels_their_connections_count()
    {
        var channel = Open(List, new Rights(["admin.sessions"], []));
        Write("admin.sessions");
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([SessionOf("alice", 1), SessionOf("bob", 2)]));

        Assert.Equal(FrameType.Opened, Sent()[0].Type);
        var frames = Sent();
        var page = Page(frames[0]);
        Assert.Equal([("run/conn/1", "alice", 11), ("run/conn/2", "bob", 12)], page.Sessions.Select(s => (s.Connection, s.Account, s.Channels)));
        Assert.True(page.Last);
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], frames.Select(frame => frame.Type));
        ExpectTerminated(channel);
    }

    [Fact]
    public void Many_sessions_come_in_pages_in_their_order()
    {
        Open(List, Rights.All, window: 1 << 20);
        Write("admin.sessions");
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([.. Enumerable.Range(0, 230).Select(n => SessionOf($"user-{n}", n))]));
        Sent();

        var pages = new[] { Page(Sent()[0]), Page(Sent()[0]), Page(Sent()[0]) };

        Assert.Equal([100, 100, 30], pages.Select(page => page.Sessions.Count));
        Assert.Equal([false, false, true], pages.Select(page => page.Last));
        Assert.Equal(Enumerable.Range(0, 230).Select(n => $"user-{n}"), pages.SelectMany(page => page.Sessions).Select(s => s.Account));
    }

    [Fact]
    public void Nobody_at_all_is_one_empty_page()
    {
        Open(List, Rights.All);
        Write("admin.sessions");
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([]));

        var frames = Sent();
        if (frames.Length == 1) frames = Sent();
        var page = Page(Assert.Single(frames, frame => frame.Type == FrameType.Message));
        Assert.Empty(page.Sessions);
        Assert.True(page.Last);
    }

    [Fact]
    public void A_connection_that_does_not_count_in_time_is_left_out()
    {
        var channel = Open(List, Rights.All);
        Write("admin.sessions");
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([SessionOf("alice", 1), SessionOf("gone", 1) with { ConnectionId = "run/other/1" }]));
        Sent();
        Settle(channel);

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("alice", Assert.Single(Page(Sent()[0]).Sessions).Account);
    }

    [Fact]
    public void A_page_waits_until_the_client_has_room_for_it()
    {
        var channel = Open(List, Rights.All, window: 36_000);
        Write("admin.sessions");
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([.. Enumerable.Range(0, 230).Select(n => SessionOf($"user-{n}", n))]));
        Sent();
        Assert.Equal([100, 100], new[] { Page(Sent()[0]), Page(Sent()[0]) }.Select(page => page.Sessions.Count));
        Time.Advance(TimeSpan.FromMinutes(1));
        Settle(channel);
        Assert.False(_framing.HasMessages);

        channel.Tell(new ChannelFrames([WindowGrant.ToFrame(3, 10_000)]));

        Assert.Equal(30, Page(Sent()[0]).Sessions.Count);
        ExpectTerminated(channel);
    }

    [Theory]
    [InlineData(List, "admin.disconnect")]
    [InlineData(List, "file.*")]
    public void The_list_takes_its_right(string request, string right)
    {
        Open(request, new Rights([right], []));

        Assert.Equal(ErrorCode.Forbidden, Refused().Code);
        Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
        Assert.False(_accounts.HasMessages);
    }

    [Fact]
    public void A_connection_is_ended_by_who_may_end_those_of_its_account()
    {
        var channel = Disconnect("run/conn/2", new Rights(["admin.disconnect:bob"], []));

        var noted = _audit.ExpectMsg<NoteFirst>();
        Assert.Equal(("admin.disconnect", "ok", "bob"), (noted.Event.Act, noted.Event.Outcome, noted.Event.Subject));
        Assert.Contains(KeyValuePair.Create("connection", "run/conn/2"), noted.Event.Details);
        _audit.Reply(new Noted(noted.Tag));
        _accounts.ExpectMsg(new EndSession("run/conn/2", "root"));
        _accounts.Reply(new SessionEnded(SessionOf("bob", 2)));

        var frames = Sent();
        Assert.Equal([FrameType.Opened, FrameType.Message, FrameType.Eof, FrameType.Close], frames.Select(frame => frame.Type));
        var answer = ProtocolJson.Decode(frames[1].Payload, ProtocolJsonContext.Default.AdminEvent);
        Assert.Equal(new SessionDisconnected("run/conn/2"), answer);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_connection_that_one_may_not_end_is_refused_as_one_that_is_not_there()
    {
        var rights = new Rights(["admin.disconnect:*"], ["admin.disconnect:bob"]);
        Disconnect("run/conn/2", rights);
        var forbidden = Refused();
        Disconnect("run/conn/9", rights);
        var unknown = Refused();

        Assert.Equal(new ChannelRefused(ErrorCode.NotFound, "there is no connection run/conn/2"), forbidden);
        Assert.Equal(new ChannelRefused(ErrorCode.NotFound, "there is no connection run/conn/9"), unknown);
        Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
        Assert.Equal("not-found", _audit.ExpectMsg<Note>().Event.Outcome);
        Assert.False(_accounts.HasMessages);
    }

    [Fact]
    public void A_connection_that_ended_meanwhile_is_not_there()
    {
        Disconnect("run/conn/2", Rights.All);
        Write("admin.disconnect");
        _accounts.ExpectMsg<EndSession>();
        _accounts.Reply(new SessionNotFound("run/conn/2"));

        Assert.Equal(ErrorCode.NotFound, Refused().Code);
    }

    [Fact]
    public void What_the_audit_cannot_write_is_not_done()
    {
        Disconnect("run/conn/2", Rights.All);
        _audit.Reply(new NotNoted(_audit.ExpectMsg<NoteFirst>().Tag));

        Assert.Equal(ErrorCode.Unavailable, Refused().Code);
        Assert.False(_accounts.HasMessages);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"restart"}""")]
    [InlineData("""{"type":"disconnect"}""")]
    public void A_senseless_request_is_invalid(string request)
    {
        Open(request, Rights.All);

        Assert.Equal(ErrorCode.Invalid, Refused().Code);
        Assert.False(_accounts.HasMessages);
    }

    private IActorRef Disconnect(string connection, Rights rights)
    {
        var channel = Open($$"""{"type":"disconnect","connection":"{{connection}}"}""", rights);
        _accounts.ExpectMsg<ListLogins>();
        _accounts.Reply(new SessionList([SessionOf("alice", 1), SessionOf("bob", 2)]));
        return channel;
    }

    private static Session SessionOf(string account, int number) => new(
        account, [], Rights.None, "password", "SCRAM-SHA-256", $"run/conn/{number}", "192.0.2.1:5", DateTimeOffset.UnixEpoch);

    private void Write(string act)
    {
        var noted = _audit.ExpectMsg<NoteFirst>();
        Assert.Equal(act, noted.Event.Act);
        _audit.Reply(new Noted(noted.Tag));
    }

    private ImmutableArray<Frame> Sent() => ((SendFrames)_framing.FishForMessage(m => m is SendFrames { Frames.IsEmpty: false })).Frames;

    private ChannelRefused Refused() => ProtocolJson.Decode(Sent().Single().Payload, ProtocolJsonContext.Default.ChannelRefused);

    private static SessionPage Page(Frame frame) =>
        Assert.IsType<SessionPage>(ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.AdminEvent));

    private IActorRef Open(string request, Rights rights, uint window = 100_000)
    {
        var open = new OpenChannel("admin", window, JsonDocument.Parse(request).RootElement);
        var context = new ChannelContext(3, _framing, "root", "run/conn/7", open, TestLimits.Window, TestLimits.Channel)
        {
            Rights = rights,
            Audit = _audit,
        };
        var channel = Watch(Sys.ActorOf(AdminService.Definition(_accounts).CreateChannel(context)));
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    /// <summary>The parent of listeners, one of them, named conn, and its connections: each counts ten channels and its number.</summary>
    private sealed class FakeListeners : ReceiveActor
    {
        public FakeListeners()
        {
            Context.ActorOf(Props.Create(() => new FakeListener()), "conn");
            ReceiveAny(_ => { });
        }
    }

    private sealed class FakeListener : ReceiveActor
    {
        public FakeListener()
        {
            for (var n = 0; n < 230; n++)
            {
                var number = n;
                Context.ActorOf(Props.Create(() => new FakeConnection(number)), $"{n}");
            }

            ReceiveAny(_ => { });
        }
    }

    private sealed class FakeConnection : ReceiveActor
    {
        public FakeConnection(int number) =>
            Receive<CountChannels>(_ => Sender.Tell(new ChannelCount($"run/conn/{number}", 10 + number)));
    }
}
