using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatChannelTests : ChatFixture
{
    [Fact]
    public void Two_clients_talk()
    {
        var chat = StartChat();
        var (alice, bob) = (Connect(chat, "alice"), Connect(chat, "bob", parameters: """{"name":"Bob the Builder"}"""));
        var builder = new ChatMember("bob", "Bob the Builder");

        Assert.Equal(new RoomJoined(1, "lobby", 0, 1), alice.Join("lobby"));
        Assert.Equal(new RoomJoined(1, "lobby", 0, 2), bob.Join("lobby"));
        Assert.Equal(new MemberJoined("lobby", builder, 2), alice.NextEvent());
        bob.Send(new Say(2, "lobby", "hello <b>"));
        Assert.Equal(new Said(2, "lobby", 1), bob.NextEvent());

        var message = new RoomMessage("lobby", 1, builder, "hello <b>", Time.Now);
        Assert.Equal(message, bob.NextEvent());
        Assert.Equal(message, alice.NextEvent());
        bob.Send(new LeaveRoom(3, "lobby"));
        Assert.Equal(new RoomLeft(3, "lobby"), bob.NextEvent());
        Assert.Equal(new MemberLeft("lobby", builder, 1), alice.NextEvent());
    }

    [Fact]
    public void Without_a_name_the_account_is_shown()
    {
        var alice = Connect(StartChat(), "alice", parameters: """{"colour":"red"}""");
        alice.Join("lobby");

        alice.Send(new ListMembers(2, "lobby"));

        var answer = alice.Expect<RoomMembers>();
        Assert.Equal(new ChatMember("alice", "alice"), Assert.Single(answer.Members));
        Assert.Equal((2, "lobby", 1, null), (answer.Id, answer.Room, answer.Total, answer.Next));
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"a\u202eb"}""")]
    [InlineData("""{"name":"a\u001b[31m"}""")]
    [InlineData("""{"name":"a\nb"}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("[]")]
    public void A_bad_name_refuses_the_channel(string parameters)
    {
        var alice = Dial(StartChat(), "alice", parameters: parameters);

        Assert.Equal(ErrorCode.Invalid, alice.ExpectRefused().Code);
        ExpectTerminated(alice.Channel);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_name_has_its_limit(int bytes, bool opened)
    {
        var alice = Dial(StartChat(), "alice", parameters: $$"""{"name":"{{new string('a', bytes)}}"}""");

        if (opened) Assert.Equal((uint)Limits.Window.Initial, alice.ExpectOpened().Window);
        else Assert.Equal(ErrorCode.Invalid, alice.ExpectRefused().Code);
    }

    [Fact]
    public void Requests_sent_without_waiting_are_done_in_their_order()
    {
        var alice = Connect(StartChat(), "alice");

        alice.Send(
            new JoinRoom(1, "lobby"), new Say(2, "lobby", "one"), new JoinRoom(3, "lobby"), new LeaveRoom(4, "lobby"),
            new Say(5, "lobby", "nobody hears"), new JoinRoom(6, "lobby"), new ListMembers(7, "lobby"), new LeaveRoom(8, "lobby"),
            new LeaveRoom(9, "lobby"));

        Assert.Equal(new RoomJoined(1, "lobby", 0, 1), alice.NextEvent());
        Assert.Equal(ErrorCode.Conflict, ExpectError(alice, 3));
        Assert.Equal(new Said(2, "lobby", 1), alice.NextEvent());
        Assert.Equal(1, alice.Expect<RoomMessage>().Sequence);
        Assert.Equal(new RoomLeft(4, "lobby"), alice.NextEvent());
        Assert.Equal(ErrorCode.NotFound, ExpectError(alice, 5));
        Assert.Equal(6, alice.Expect<RoomJoined>().Id);
        Assert.Equal(7, alice.Expect<RoomMembers>().Id);
        Assert.Equal(new RoomLeft(8, "lobby"), alice.NextEvent());
        Assert.Equal(ErrorCode.NotFound, ExpectError(alice, 9));
    }

    [Fact]
    public void Ids_are_the_clients_and_may_repeat()
    {
        var alice = Connect(StartChat(), "alice");

        alice.Send(new JoinRoom(-5, "one"), new JoinRoom(-5, "two"), new JoinRoom(-5, "one"));

        var rooms = new[] { alice.NextEvent(), alice.NextEvent(), alice.NextEvent() };
        Assert.Equal(["one", "two"], rooms.OfType<RoomJoined>().Select(j => j.Room).Order(StringComparer.Ordinal));
        Assert.Equal((-5, ErrorCode.Conflict), rooms.OfType<ChatError>().Select(e => (e.Id, e.Code)).Single());
    }

    [Theory]
    [InlineData("""{"type":"join","id":5,"room":""}""")]
    [InlineData("""{"type":"join","id":5,"room":"a b"}""")]
    [InlineData("""{"type":"join","id":5,"room":"a\u202e"}""")]
    [InlineData("""{"type":"join","id":5,"room":"\u0000"}""")]
    [InlineData("""{"type":"join","id":5,"room":"../etc"}""")]
    [InlineData("""{"type":"say","id":5,"room":"a b","text":"x"}""")]
    [InlineData("""{"room":"a b","future":[{"x":1}],"id":5,"type":"who"}""")]
    public void A_bad_room_name_is_answered_and_the_channel_goes_on(string json)
    {
        var alice = Connect(StartChat(), "alice");

        alice.Send(json);

        Assert.Equal(ErrorCode.Invalid, ExpectError(alice, 5));
        alice.Join("lobby");
    }

    [Fact]
    public void What_needs_a_room_one_is_in_is_not_found_otherwise()
    {
        var alice = Connect(StartChat(), "alice");

        alice.Send(new Say(1, "lobby", "hello"), new LeaveRoom(2, "lobby"), new ListMembers(3, "lobby"));

        foreach (var id in new[] { 1, 2, 3 }) Assert.Equal(ErrorCode.NotFound, ExpectError(alice, id));
    }

    [Fact]
    public void A_channel_that_the_client_closes_leaves_its_rooms()
    {
        var chat = StartChat();
        var (alice, bob) = (Connect(chat, "alice"), Connect(chat, "bob"));
        alice.Join("lobby");
        bob.Join("lobby");
        alice.Expect<MemberJoined>();

        bob.Close();

        Assert.Equal(new ChannelClosed(), bob.ExpectClosed());
        Assert.Equal("bob", alice.Expect<MemberLeft>().Member.Account);
    }

    [Fact]
    public void A_member_that_does_not_read_is_cut_off_and_the_others_hear_everything()
    {
        var chat = StartChat();
        var alice = Connect(chat, "alice");
        var slow = Connect(
            chat, "bob", window: 200, channels: new ChannelSettings(16, 1 << 20, 4096, TimeSpan.FromSeconds(10)));
        alice.Join("lobby");
        slow.Join("lobby");
        alice.Expect<MemberJoined>();

        var texts = new List<string>();
        for (var i = 2; i < 52; i++) alice.Send(new Say(i, "lobby", $"{i} {new string('x', 100)}"));
        var gone = false;
        while (texts.Count < 50 || !gone)
        {
            switch (alice.NextEvent())
            {
                case RoomMessage message: texts.Add(message.Text); break;
                case MemberLeft: gone = true; break;
            }
        }

        Assert.Equal(Enumerable.Range(2, 50).Select(i => $"{i} {new string('x', 100)}"), texts);
        Assert.Equal(ErrorCode.SlowConsumer, slow.ExpectClosed().Code);
        ExpectTerminated(slow.Channel);
    }

    [Fact]
    public void A_room_that_fails_closes_the_channels_of_its_members()
    {
        var chat = StartChat();
        var alice = Connect(chat, "alice");
        alice.Join("lobby");

        EventFilter.Exception<ActorKilledException>().ExpectOne(
            () => Sys.ActorSelection(chat.Path / "room-lobby").Tell(Kill.Instance));

        Assert.Equal(ErrorCode.Internal, alice.ExpectClosed().Code);
        ExpectTerminated(alice.Channel);
    }

    [Fact]
    public void A_room_that_was_left_may_go_without_the_channel_noticing()
    {
        var alice = Connect(StartChat(), "alice");
        for (var i = 0; i < 100; i++)
        {
            alice.Join("lobby");
            alice.Send(new LeaveRoom(i, "lobby"));
            Assert.Equal(i, alice.Expect<RoomLeft>().Id);
        }

        alice.ExpectNothingBut(1);
    }

    private static ErrorCode ExpectError(ChatClient client, long id)
    {
        var error = client.Expect<ChatError>();
        Assert.Equal(id, error.Id);
        return error.Code;
    }
}
