using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Rights as every channel checks them, with a probe that stands for the audit.</summary>
public sealed class ChannelAccessTests : ChannelFixture
{
    private static readonly Rights Room = new(["chat.join:lobby"], []);
    private static readonly ServiceAccess Lobby = new([Verb.ChatJoin], _ => new Demand(Verb.ChatJoin, "lobby"));

    private readonly TestProbe _framing;
    private readonly TestProbe _service;
    private readonly TestProbe _audit;

    public ChannelAccessTests() => (_framing, _service, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public void Nothing_is_done_before_the_audit_has_it()
    {
        var channel = Ask(Lobby, Room);

        var first = _audit.ExpectMsg<NoteFirst>();
        Assert.Equal(("chat.join", "ok", "lobby"), (first.Event.Act, first.Event.Outcome, first.Event.Subject));
        Assert.Equal(("conn-1", "alice", "192.0.2.1:5"), (first.Event.Connection, first.Event.Account, first.Event.Remote));
        Assert.Equal(KeyValuePair.Create("channel", "7"), Assert.Single(first.Event.Details));
        ExpectNothingSent(channel, _framing, _service);

        _audit.Reply(new Noted(first.Tag));

        _service.ExpectMsg("start");
    }

    [Fact]
    public void Without_the_right_the_channel_is_refused_and_the_audit_has_that()
    {
        var channel = Ask(Lobby, new Rights(["chat.join:ops"], []));

        Assert.Equal(
            new ChannelRefused(ErrorCode.Forbidden, "this account lacks the right chat.join:lobby; whoami shows those it has"), Refused());
        var note = _audit.ExpectMsg<Note>();
        Assert.Equal(("chat.join", "forbidden", "lobby"), (note.Event.Act, note.Event.Outcome, note.Event.Subject));
        ExpectTerminated(channel);
        Assert.False(_audit.HasMessages);
        Assert.False(_service.HasMessages);
    }

    [Fact]
    public void What_the_audit_cannot_write_is_not_done()
    {
        var channel = Ask(Lobby, Room);
        _audit.Reply(new NotNoted(_audit.ExpectMsg<NoteFirst>().Tag));

        Assert.Equal(ErrorCode.Unavailable, Refused().Code);
        ExpectTerminated(channel);
        Assert.False(_service.HasMessages);
    }

    [Fact]
    public void Without_an_audit_nothing_is_done()
    {
        Ask(Lobby, Room, ActorRefs.Nobody);

        Assert.Equal(ErrorCode.Unavailable, Refused().Code);
    }

    [Fact]
    public void Where_nothing_is_said_nobody_may()
    {
        Ask(ServiceAccess.Nobody, Rights.All);

        Assert.Equal(ErrorCode.Forbidden, Refused().Code);
    }

    [Fact]
    public void A_right_that_goes_while_the_audit_writes_is_gone()
    {
        var channel = Ask(Lobby, Room);
        var first = _audit.ExpectMsg<NoteFirst>();
        channel.Tell(new RightsChanged(new Rights(["chat.join:ops"], [])));
        channel.Tell(new Noted(first.Tag));

        Assert.Equal(ErrorCode.Forbidden, Refused().Code);
        Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
        Assert.False(_service.HasMessages);
    }

    [Fact]
    public void An_answer_that_nobody_waits_for_starts_nothing()
    {
        var channel = Ask(Lobby, Room);
        var first = _audit.ExpectMsg<NoteFirst>();

        channel.Tell(new Noted(null));
        channel.Tell(new Noted("another"));
        channel.Tell(new NotNoted("another"));
        channel.Tell(new Noted(first.Tag));
        channel.Tell(new Noted(first.Tag));

        _service.ExpectMsg("start");
        ExpectNothingSent(channel, _framing, _service);
    }

    [Fact]
    public void A_close_while_the_audit_writes_ends_it_and_the_audit_has_that_it_was_not_done()
    {
        var channel = Ask(Lobby, Room);
        _audit.ExpectMsg<NoteFirst>();

        channel.Tell(Frames(new ChannelClosed().ToFrame(Id)));

        _service.ExpectMsg("peer closed");
        Assert.Equal(FrameType.Close, ExpectFrame(_framing).Type);
        Assert.Equal("cancelled", _audit.ExpectMsg<Note>().Event.Outcome);
        ExpectTerminated(channel);
    }

    [Fact]
    public void The_end_of_the_client_waits_until_the_channel_has_started()
    {
        var channel = Ask(Lobby, Room);
        channel.Tell(Frames(new Frame(FrameType.Eof, Id, default)));
        channel.Tell(PeerFinished.Instance);
        channel.Tell(Drain.Instance);
        var first = _audit.ExpectMsg<NoteFirst>();
        ExpectNothingSent(channel, _framing, _service);

        _audit.Reply(new Noted(first.Tag));

        _service.ExpectMsg("start");
        _service.ExpectMsg("eof");
        Assert.Equal(ErrorCode.Unavailable, Refused().Code);
    }

    [Fact]
    public void A_right_that_is_taken_away_closes_what_it_was_for_even_behind_messages_that_wait()
    {
        var channel = Open(Lobby, Room, window: 0);
        Run(channel, c => c.Message("waits for the window"));
        Run(channel, c => c.Finish());

        channel.Tell(new RightsChanged(new Rights(["chat.join:*"], ["chat.join:lobby"])));

        var closed = ClosedOf(ExpectFrame(_framing));
        Assert.Equal(new ChannelClosed(ErrorCode.Forbidden, "the right chat.join:lobby was taken away"), closed);
        var note = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("chat.join", "forbidden", "lobby"), (note.Act, note.Outcome, note.Subject));
        ExpectTerminated(channel);
    }

    [Fact]
    public void Other_rights_that_still_allow_it_change_nothing()
    {
        var channel = Open(Lobby, Room);

        channel.Tell(new RightsChanged(Rights.All));

        ExpectNothingSent(channel, _framing, _service);
        Assert.False(_audit.HasMessages);
    }

    [Fact]
    public void A_channel_that_holds_nothing_ends_with_the_last_right_for_its_service()
    {
        var channel = Open(new ServiceAccess([Verb.ChatJoin], _ => null), Room);

        channel.Tell(new RightsChanged(new Rights(["chat.join:ops"], [])));
        ExpectNothingSent(channel, _framing, _service);
        channel.Tell(new RightsChanged(Rights.None));

        Assert.Equal(ErrorCode.Forbidden, ClosedOf(ExpectFrame(_framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_very_long_scope_is_cut_in_the_audit_and_in_the_answer()
    {
        var scope = new string('a', 4095) + "\U0001F600" + new string('b', 100_000);
        Ask(new ServiceAccess([Verb.ExecRun], _ => new Demand(Verb.ExecRun, scope)), Rights.None);

        Assert.True(Refused().Message!.Length < 200);
        Assert.Equal(new string('a', 4095) + "…", _audit.ExpectMsg<Note>().Event.Subject);
    }

    [Fact]
    public void A_scope_is_not_cut_within_a_character()
    {
        Ask(new ServiceAccess([Verb.ExecRun], _ => new Demand(Verb.ExecRun, new string('a', 63) + "\U0001F600b")), Rights.None);

        Assert.Contains($":{new string('a', 63)}…;", Refused().Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void Rights_that_go_before_the_channel_has_started_are_gone_when_it_does()
    {
        var context = new ChannelContext(Id, _framing, "alice", "conn-1", new OpenChannel("test", 1000), Window, Limits())
        {
            Access = Lobby,
            Rights = Room,
            Audit = _audit,
        };
        var channel = Watch(Sys.ActorOf(Props.Create(() => new ScriptedChannel(context, _service))));

        channel.Tell(new RightsChanged(new Rights(["chat.join:ops"], [])));
        channel.Tell(StartChannel.Instance);

        Assert.Equal(ErrorCode.Forbidden, Refused().Code);
        Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
        Assert.False(_service.HasMessages);
    }

    private ChannelRefused Refused() =>
        ProtocolJson.Decode(ExpectFrame(_framing).Payload, ProtocolJsonContext.Default.ChannelRefused);

    private IActorRef Ask(ServiceAccess access, Rights rights, IActorRef? audit = null, uint window = 1000)
    {
        var context = new ChannelContext(Id, _framing, "alice", "conn-1", new OpenChannel("test", window), Window, Limits())
        {
            Access = access,
            Rights = rights,
            Remote = "192.0.2.1:5",
            Audit = audit ?? _audit,
        };
        var channel = Watch(Sys.ActorOf(Props.Create(() => new ScriptedChannel(context, _service))));
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    private IActorRef Open(ServiceAccess access, Rights rights, uint window = 1000)
    {
        var channel = Ask(access, rights, window: window);
        if (access.Opening(new OpenChannel("test", window)) is not null) _audit.Reply(new Noted(_audit.ExpectMsg<NoteFirst>().Tag));
        _service.ExpectMsg("start");
        Run(channel, c => c.SayOpened());
        Assert.Equal(FrameType.Opened, ExpectFrame(_framing).Type);
        return channel;
    }
}
