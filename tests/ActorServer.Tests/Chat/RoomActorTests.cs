using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using ActorNet.Server.Chat;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Chat;

public sealed class RoomActorTests : ChatFixture
{
    private readonly TestProbe _parent;

    public RoomActorTests() => _parent = CreateTestProbe();

    [Fact]
    public void Who_enters_is_told_where_the_room_stands_and_hears_what_comes_after()
    {
        var room = StartRoom();
        var alice = Enter(room, "alice");
        room.Tell(new Speak(2, Text("one")), alice);
        room.Tell(new Speak(3, Text("two")), alice);

        var bob = CreateTestProbe();
        room.Tell(new EnterRoom(4, Lobby, Member("bob")), bob);
        room.Tell(new Speak(5, Text("three")), alice);

        Assert.Equal(new RoomEntered(4, Lobby, 2, 2), bob.ExpectMsg<RoomEntered>());
        Assert.Equal(3, ExpectMessage(bob).Sequence);
    }

    [Fact]
    public void All_members_hear_one_order_the_speakers_too()
    {
        var room = StartRoom(Limits with { PresenceLimit = 0 });
        var members = new[] { Enter(room, "alice"), Enter(room, "bob"), Enter(room, "carol") };

        for (var i = 0; i < 300; i++) room.Tell(new Speak(i, Text($"text {i}")), members[i % 2]);

        var heard = members.Select(m => Enumerable.Range(0, 300).Select(_ => ExpectMessage(m)).ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), heard[0].Select(m => m.Sequence));
        Assert.Equal(heard[0], heard[1]);
        Assert.Equal(heard[0], heard[2]);
    }

    [Fact]
    public void A_message_has_its_speaker_and_the_rooms_time_and_is_encoded_once_for_all()
    {
        var room = StartRoom(Limits with { PresenceLimit = 0 });
        var (alice, bob) = (Enter(room, "alice"), Enter(room, "bob"));
        Time.Advance(TimeSpan.FromHours(1));

        room.Tell(new Speak(2, Text("hello")), alice);

        Assert.Equal(new Said(2, "lobby", 1), alice.ExpectMsg<RoomAnswer>().Event);
        var push = alice.ExpectMsg<RoomPush>();
        Assert.Equal(new RoomMessage("lobby", 1, Member("alice"), "hello", Time.Now), push.Event);
        Assert.Equal(ProtocolJson.Encode(push.Event, ProtocolJsonContext.Default.ChatEvent).ToArray(), push.Json.ToArray());
        Assert.Same(push, bob.ExpectMsg<RoomPush>());
    }

    [Fact]
    public void Who_left_hears_nothing_more_and_the_others_are_told()
    {
        var room = StartRoom();
        var (alice, bob) = (Enter(room, "alice"), Enter(room, "bob"));
        Assert.Equal(new MemberJoined("lobby", Member("bob"), 2), alice.ExpectMsg<RoomPush>().Event);

        room.Tell(new ExitRoom(2), bob);
        room.Tell(new Speak(3, Text("hello")), alice);
        room.Tell(new Speak(4, Text("are you there?")), bob);

        Assert.Equal(new RoomExited(2, Lobby), bob.ExpectMsg<RoomExited>());
        Assert.Equal(new MemberLeft("lobby", Member("bob"), 1), alice.ExpectMsg<RoomPush>().Event);
        Assert.Equal(1, ExpectMessage(alice).Sequence);
        Assert.Equal((4, ErrorCode.NotFound), ExpectError(bob));
    }

    [Fact]
    public void A_member_that_dies_has_left()
    {
        var room = StartRoom();
        var (alice, bob) = (Enter(room, "alice"), Enter(room, "bob"));
        alice.ExpectMsg<RoomPush>();

        Sys.Stop(bob);

        Assert.Equal(new MemberLeft("lobby", Member("bob"), 1), alice.ExpectMsg<RoomPush>().Event);
    }

    [Fact]
    public void A_member_that_was_dead_already_does_not_stay()
    {
        var room = StartRoom();
        var bob = CreateTestProbe();
        Watch(bob);
        Sys.Stop(bob);
        ExpectTerminated(bob);

        room.Tell(new EnterRoom(1, Lobby, Member("bob")), bob);

        Assert.Equal(new RoomEmptied(1), _parent.ExpectMsg<RoomEmptied>());
    }

    [Fact]
    public void Comings_and_goings_are_told_up_to_the_presence_limit_and_not_above()
    {
        var room = StartRoom(Limits with { PresenceLimit = 2 });
        var alice = Enter(room, "alice");
        var bob = Enter(room, "bob");
        Assert.IsType<MemberJoined>(alice.ExpectMsg<RoomPush>().Event);

        var carol = Enter(room, "carol");
        room.Tell(new ExitRoom(1), carol);
        room.Tell(new ExitRoom(2), bob);

        Assert.Equal(new MemberLeft("lobby", Member("bob"), 1), alice.ExpectMsg<RoomPush>().Event);
    }

    [Fact]
    public void A_full_room_refuses_until_somebody_leaves()
    {
        var room = StartRoom(Limits with { MaxMembers = 2, PresenceLimit = 0 });
        Enter(room, "alice");
        var bob = Enter(room, "bob");
        var carol = CreateTestProbe();

        room.Tell(new EnterRoom(7, Lobby, Member("carol")), carol);
        var refused = carol.ExpectMsg<EntryRefused>();
        Assert.Equal((7, Lobby, ErrorCode.TooMany), (refused.Id, refused.Room, refused.Problem.Code));

        room.Tell(new ExitRoom(1), bob);
        room.Tell(new EnterRoom(8, Lobby, Member("carol")), carol);
        Assert.Equal(2, carol.ExpectMsg<RoomEntered>().Members);
    }

    [Fact]
    public void Nobody_enters_twice()
    {
        var room = StartRoom();
        var alice = Enter(room, "alice");

        room.Tell(new EnterRoom(2, Lobby, Member("alice")), alice);

        Assert.Equal(ErrorCode.Conflict, alice.ExpectMsg<EntryRefused>().Problem.Code);
    }

    [Fact]
    public void Only_members_may_speak_and_list()
    {
        var room = StartRoom();
        Enter(room, "alice");
        var stranger = CreateTestProbe();

        room.Tell(new Speak(1, Text("hello")), stranger);
        room.Tell(new ListRoom(2, null), stranger);
        room.Tell(new ExitRoom(3), stranger);

        Assert.Equal((1, ErrorCode.NotFound), ExpectError(stranger));
        Assert.Equal((2, ErrorCode.NotFound), ExpectError(stranger));
        Assert.Equal(3, stranger.ExpectMsg<RoomExited>().Id);
    }

    [Fact]
    public void Members_are_listed_in_pages()
    {
        var room = StartRoom(Limits with { PageSize = 2, PresenceLimit = 0 });
        var alice = Enter(room, "alice");
        Enter(room, "bob");
        Enter(room, "carol");

        room.Tell(new ListRoom(1, null), alice);
        var first = Assert.IsType<RoomMembers>(alice.ExpectMsg<RoomAnswer>().Event);
        room.Tell(new ListRoom(2, first.Next), alice);
        var second = Assert.IsType<RoomMembers>(alice.ExpectMsg<RoomAnswer>().Event);

        Assert.Equal((1, "lobby", 3), (first.Id, first.Room, first.Total));
        Assert.Equal([Member("alice"), Member("bob")], first.Members);
        Assert.Equal([Member("carol")], second.Members);
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    public void A_page_after_nothing_we_gave_out_is_refused(string after)
    {
        var room = StartRoom();
        var alice = Enter(room, "alice");

        room.Tell(new ListRoom(5, after), alice);

        Assert.Equal((5, ErrorCode.Invalid), ExpectError(alice));
    }

    [Fact]
    public void An_empty_room_says_so_with_the_number_of_entries()
    {
        var room = StartRoom(Limits with { MaxMembers = 1, PresenceLimit = 0 });
        var alice = Enter(room, "alice");
        room.Tell(new EnterRoom(1, Lobby, Member("bob")), CreateTestProbe());

        room.Tell(new ExitRoom(1), alice);

        Assert.Equal(new RoomEmptied(2), _parent.ExpectMsg<RoomEmptied>());
    }

    private IActorRef StartRoom(ChatSettings? limits = null) =>
        _parent.ChildActorOf(RoomActor.Props(Lobby, limits ?? Limits, Time));

    private TestProbe Enter(IActorRef room, string account)
    {
        var probe = CreateTestProbe();
        room.Tell(new EnterRoom(1, Lobby, Member(account)), probe);
        probe.ExpectMsg<RoomEntered>();
        return probe;
    }

    private static RoomMessage ExpectMessage(TestProbe member) =>
        (RoomMessage)member.FishForMessage<RoomPush>(push => push.Event is RoomMessage).Event;

    private static (long, ErrorCode) ExpectError(TestProbe member)
    {
        var error = Assert.IsType<ChatError>(member.ExpectMsg<RoomAnswer>().Event);
        return (error.Id, error.Code);
    }
}
