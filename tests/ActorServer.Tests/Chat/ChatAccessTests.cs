using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Chat;

/// <summary>Rooms and rights: a probe stands for the audit.</summary>
public sealed class ChatAccessTests : ChatFixture
{
    private readonly TestProbe _audit;

    public ChatAccessTests() => _audit = CreateTestProbe();

    private static Rights May(params string[] allow) => new(allow, []);

    private ChatClient Alice(Rights rights) => Connect(StartChat(), "alice", rights: rights, audit: _audit);

    private void Write() => _audit.Reply(new Noted(_audit.ExpectMsg<NoteFirst>().Tag));

    private (string Act, string Outcome, string? Subject) Note()
    {
        var note = _audit.ExpectMsg<Note>().Event;
        return (note.Act, note.Outcome, note.Subject);
    }

    [Fact]
    public void A_room_of_the_rights_is_joined_when_the_audit_has_it()
    {
        var alice = Alice(May("chat.join:lobby"));
        alice.Send(new JoinRoom(1, "lobby"));
        alice.ExpectNothingBut(2);

        Write();

        Assert.Equal(new RoomJoined(1, "lobby", 0, 1), alice.NextEvent());
    }

    [Fact]
    public void Another_room_is_forbidden_whether_or_not_somebody_is_there()
    {
        var chat = StartChat();
        Connect(chat, "bob").Join("ops");
        var alice = Connect(chat, "alice", rights: May("chat.join:lobby"), audit: _audit);

        alice.Send(new JoinRoom(1, "ops"), new JoinRoom(2, "nobody"));

        var (ops, nobody) = (alice.Expect<ChatError>(), alice.Expect<ChatError>());
        Assert.Equal((1, ErrorCode.Forbidden), (ops.Id, ops.Code));
        Assert.Equal(ops.Message.Replace("ops", "nobody", StringComparison.Ordinal), nobody.Message);
        Assert.Equal(("chat.join", "forbidden", "ops"), Note());
        Assert.Equal(("chat.join", "forbidden", "nobody"), Note());
    }

    [Fact]
    public void What_is_asked_about_a_room_behind_its_join_keeps_its_order_while_the_audit_writes()
    {
        var alice = Alice(Rights.All);
        alice.Send(new JoinRoom(1, "lobby"), new Say(2, "lobby", "hello"), new LeaveRoom(3, "lobby"), new Say(4, "lobby", "?"));

        Write();

        Assert.Equal(1, alice.Expect<RoomJoined>().Id);
        Assert.Equal(2, alice.Expect<Said>().Id);
        Assert.Equal("hello", alice.Expect<RoomMessage>().Text);
        Assert.Equal(3, alice.Expect<RoomLeft>().Id);
        Assert.Equal((4, ErrorCode.NotFound), Error(alice));
        Assert.Equal(("chat.leave", "ok", "lobby"), Note());
    }

    [Fact]
    public void What_the_audit_cannot_write_is_answered_unavailable_and_what_waited_behind_it_too()
    {
        var alice = Alice(Rights.All);
        alice.Send(new JoinRoom(1, "lobby"), new Say(2, "lobby", "hello"));

        _audit.Reply(new NotNoted(_audit.ExpectMsg<NoteFirst>().Tag));

        Assert.Equal((1, ErrorCode.Unavailable), Error(alice));
        Assert.Equal((2, ErrorCode.NotFound), Error(alice));
    }

    [Fact]
    public void A_room_that_cannot_take_one_more_ends_the_stay_that_the_audit_has()
    {
        var chat = StartChat(Limits with { MaxMembers = 1 });
        Connect(chat, "bob", Limits with { MaxMembers = 1 }).Join("lobby");
        var alice = Connect(chat, "alice", audit: _audit);

        alice.Send(new JoinRoom(1, "lobby"));
        Write();

        Assert.Equal((1, ErrorCode.TooMany), Error(alice));
        Assert.Equal(("chat.leave", "too-many", "lobby"), Note());
    }

    [Fact]
    public void The_right_to_a_room_that_is_taken_away_closes_the_channel_and_ends_its_stays()
    {
        var alice = Alice(Rights.All);
        alice.Send(new JoinRoom(1, "lobby"));
        Write();
        alice.Expect<RoomJoined>();

        alice.Channel.Tell(new RightsChanged(May("chat.join:ops")), TestActor);

        Assert.Equal(ErrorCode.Forbidden, alice.ExpectClosed().Code);
        Assert.Equal(("chat.join", "forbidden", "lobby"), Note());
        Assert.Equal(("chat.leave", "forbidden", "lobby"), Note());
        ExpectTerminated(alice.Channel);
    }

    [Fact]
    public void The_right_to_a_room_that_was_left_may_go()
    {
        var alice = Alice(Rights.All);
        alice.Send(new JoinRoom(1, "lobby"), new LeaveRoom(2, "lobby"));
        Write();
        alice.Expect<RoomJoined>();
        alice.Expect<RoomLeft>();

        alice.Channel.Tell(new RightsChanged(May("chat.join:ops")), TestActor);

        alice.ExpectNothingBut(3);
    }

    [Fact]
    public void A_client_that_goes_has_left_its_rooms()
    {
        var alice = Alice(Rights.All);
        alice.Send(new JoinRoom(1, "lobby"));
        Write();
        alice.Expect<RoomJoined>();

        alice.Close();

        Assert.Equal(("chat.leave", "ok", "lobby"), Note());
    }

    private static (long Id, ErrorCode Code) Error(ChatClient client)
    {
        var error = client.Expect<ChatError>();
        return (error.Id, error.Code);
    }
}
