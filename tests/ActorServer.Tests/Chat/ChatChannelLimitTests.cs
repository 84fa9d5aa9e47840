using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Server.Chat;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Chat;

/// <summary>Hostile JSON, each limit at the limit and one above, and the drain.</summary>
public sealed class ChatChannelLimitTests : ChatFixture
{
    public static TheoryData<string> Malformed { get; } =
    [
        "{", "x", "[]", "null", "7", "\"join\"", "{}", "{\"type\":\"join\"}",
        """{"type":"join","room":"lobby"}""",
        """{"type":"join","id":"1","room":"lobby"}""",
        """{"type":"join","id":1.5,"room":"lobby"}""",
        """{"type":"join","id":9223372036854775808,"room":"lobby"}""",
        """{"type":"join","id":1,"room":null}""",
        """{"type":"join","id":1,"room":["lobby"]}""",
        """{"type":"say","id":1,"room":"lobby"}""",
        """{"type":"say","id":1,"room":"lobby","text":"\ud800"}""",
        """{"type":"nonsense","id":1,"room":"lobby"}""",
        """{"type":7,"id":1,"room":"lobby"}""",
        """{"type":"join","id":1,"id":2,"room":"lobby"}""",
        """{"type":"join","type":"say","id":1,"room":"lobby"}""",
        """{"type":"join","id":1,"room":"lobby"} {}""",
        """{"type":"join","id":1,"room":"lobby",}""",
        "{\"type\":\"join\",\"id\":1,\"room\":\"lobby\",\"x\":" + new string('[', 5000) + new string(']', 5000) + "}",
        new string('[', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_request_closes_the_channel_as_invalid(string json)
    {
        var alice = Connect(StartChat(), "alice");

        alice.Send(json);

        var closed = alice.ExpectClosed();
        Assert.Equal(ErrorCode.Invalid, closed.Code);
        Assert.DoesNotContain("System.", closed.Message, StringComparison.Ordinal);
        ExpectTerminated(alice.Channel);
    }

    [Fact]
    public void Bytes_that_are_no_text_close_the_channel_as_invalid()
    {
        var alice = Connect(StartChat(), "alice");
        var json = Encoding.UTF8.GetBytes("""{"type":"say","id":1,"room":"lobby","text":"?"}""");
        json[^3] = 0xff;

        alice.SendRaw(json);

        Assert.Equal(ErrorCode.Invalid, alice.ExpectClosed().Code);
    }

    [Fact]
    public void A_stream_has_no_meaning_in_a_chat_channel()
    {
        var alice = Connect(StartChat(), "alice");

        alice.Channel.Tell(new ChannelFrames([new Protocol.Frames.Frame(Protocol.Frames.FrameType.Data, 3, new byte[1])]));

        Assert.Equal(ErrorCode.ProtocolViolation, alice.ExpectClosed().Code);
    }

    [Fact]
    public void A_text_of_the_limit_is_said_and_one_byte_more_is_too_large()
    {
        var alice = Connect(StartChat(), "alice");
        alice.Join("lobby");

        alice.Send(new Say(2, "lobby", new string('x', 1000)), new Say(3, "lobby", new string('x', 1001)));

        Assert.Equal(ErrorCode.TooLarge, ExpectError(alice, 3));
        Assert.Equal(2, alice.Expect<Said>().Id);
        Assert.Equal(1000, alice.Expect<RoomMessage>().Text.Length);
        alice.ExpectNothingBut(4);
    }

    [Fact]
    public void A_text_with_an_escape_sequence_is_refused()
    {
        var alice = Connect(StartChat(), "alice");
        alice.Join("lobby");

        alice.Send("""{"type":"say","id":2,"room":"lobby","text":"\u001b]0;owned\u0007"}""");

        Assert.Equal(ErrorCode.Invalid, ExpectError(alice, 2));
        alice.ExpectNothingBut(3);
    }

    [Fact]
    public void A_channel_is_in_so_many_rooms_and_leaving_makes_room()
    {
        var alice = Connect(StartChat(), "alice", Limits with { MaxRoomsPerChannel = 2 });
        alice.Join("one");
        alice.Join("two");

        alice.Send(new JoinRoom(3, "three"));
        Assert.Equal(ErrorCode.TooMany, ExpectError(alice, 3));
        alice.Send(new LeaveRoom(4, "one"));
        alice.Expect<RoomLeft>();
        alice.Join("three");
    }

    [Fact]
    public void Rooms_that_are_still_being_entered_count()
    {
        var alice = Connect(CreateTestProbe(), "alice", Limits with { MaxRoomsPerChannel = 1 });

        alice.Send(new JoinRoom(1, "one"), new JoinRoom(2, "two"));

        Assert.Equal(ErrorCode.TooMany, ExpectError(alice, 2));
    }

    [Fact]
    public void A_refused_entry_is_answered_with_everything_that_waited_for_it()
    {
        var chat = CreateTestProbe();
        var alice = Connect(chat, "alice");
        alice.Send(new JoinRoom(1, "one"), new Say(2, "one", "hello"), new JoinRoom(3, "one"), new Say(4, "one", "again"));
        Assert.Equal(new EnterRoom(1, Name("one"), Member("alice")), chat.ExpectMsg<EnterRoom>());

        chat.Reply(new EntryRefused(1, Name("one"), new ChatProblem(ErrorCode.TooMany, "full")));

        Assert.Equal(new ChatError(1, ErrorCode.TooMany, "full"), alice.NextEvent());
        Assert.Equal(ErrorCode.NotFound, ExpectError(alice, 2));
        Assert.Equal(3, chat.ExpectMsg<EnterRoom>().Id);
        chat.Reply(new RoomEntered(3, Name("one"), 0, 1));
        Assert.Equal(new RoomJoined(3, "one", 0, 1), alice.NextEvent());
        Assert.Equal(4, chat.ExpectMsg<Speak>().Id);
    }

    [Fact]
    public void So_many_requests_wait_for_their_answer_and_one_more_is_too_fast()
    {
        var chat = CreateTestProbe();
        var alice = Connect(chat, "alice", Limits with { MaxRequests = 3 });
        alice.Send(new JoinRoom(1, "one"), new JoinRoom(2, "two"), new Say(3, "one", "hello"));

        alice.Send(new Say(4, "one", "hello"));
        Assert.Equal(ErrorCode.RateLimited, ExpectError(alice, 4));

        chat.ExpectMsg<EnterRoom>();
        chat.Reply(new EntryRefused(1, Name("one"), new ChatProblem(ErrorCode.TooMany, "full")));
        Assert.Equal(ErrorCode.TooMany, ExpectError(alice, 1));
        Assert.Equal(ErrorCode.NotFound, ExpectError(alice, 3));
        alice.Send(new Say(5, "three", "hello"));
        Assert.Equal(ErrorCode.NotFound, ExpectError(alice, 5));
    }

    [Fact]
    public void The_rate_limit_holds_the_fast_and_lets_them_go_on_later_and_leave_at_any_time()
    {
        var alice = Connect(StartChat(), "alice", Limits with { RateLimit = new ChatRateLimit(10, 2) });
        alice.Join("lobby");

        alice.Send(new ListMembers(2, "lobby"));
        alice.Expect<RoomMembers>();
        alice.Send(new Say(3, "lobby", "too fast"));
        Assert.Equal(ErrorCode.RateLimited, ExpectError(alice, 3));
        Time.Advance(TimeSpan.FromMilliseconds(100));
        alice.Send(new Say(4, "lobby", "in time"));
        Assert.Equal(4, alice.Expect<Said>().Id);
        Assert.Equal("in time", alice.Expect<RoomMessage>().Text);
        alice.Send(new LeaveRoom(5, "lobby"));
        Assert.Equal(5, alice.Expect<RoomLeft>().Id);
    }

    [Fact]
    public void A_draining_node_answers_what_was_asked_and_takes_nothing_new()
    {
        var chat = CreateTestProbe();
        var alice = Connect(chat, "alice");
        alice.Send(new JoinRoom(1, "lobby"));
        chat.ExpectMsg<EnterRoom>();

        alice.Channel.Tell(Drain.Instance);
        alice.Send(new JoinRoom(2, "other"));
        Assert.Equal(ErrorCode.Unavailable, ExpectError(alice, 2));
        chat.Reply(new RoomEntered(1, Lobby, 0, 1));

        Assert.Equal(1, alice.Expect<RoomJoined>().Id);
        Assert.Equal(ErrorCode.Unavailable, alice.ExpectClosed().Code);
        ExpectTerminated(alice.Channel);
    }

    [Fact]
    public void A_draining_node_delivers_what_waits_for_the_window_before_it_closes()
    {
        var chat = StartChat();
        var (alice, bob) = (Connect(chat, "alice"), Connect(chat, "bob", window: 100));
        bob.Join("lobby");
        alice.Send(new JoinRoom(1, "lobby"), new Say(2, "lobby", new string('x', 500)));
        alice.Expect<RoomJoined>();
        alice.Expect<Said>();
        alice.Expect<RoomMessage>();

        bob.Channel.Tell(Drain.Instance);
        bob.Grant(10_000);

        Assert.Equal("alice", bob.Expect<MemberJoined>().Member.Account);
        Assert.Equal(500, bob.Expect<RoomMessage>().Text.Length);
        Assert.Equal(ErrorCode.Unavailable, bob.ExpectClosed().Code);
    }

    [Fact]
    public void A_draining_node_closes_an_idle_channel_at_once()
    {
        var alice = Connect(StartChat(), "alice");

        alice.Channel.Tell(Drain.Instance);

        Assert.Equal(ErrorCode.Unavailable, alice.ExpectClosed().Code);
    }

    private static ErrorCode ExpectError(ChatClient client, long id)
    {
        var error = client.Expect<ChatError>();
        Assert.Equal(id, error.Id);
        return error.Code;
    }
}
