using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Server.Chat;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatActorTests : ChatFixture
{
    [Theory]
    [InlineData("lobby", "room-lobby")]
    [InlineData("комната", "room-%D0%BA%D0%BE%D0%BC%D0%BD%D0%B0%D1%82%D0%B0")]
    public void The_first_to_enter_creates_the_room(string name, string actor)
    {
        var (chat, alice) = (StartChat(), CreateTestProbe());

        chat.Tell(new EnterRoom(1, Name(name), Member("alice")), alice);

        var forwarded = alice.ExpectMsg<EntryForwarded>();
        Assert.Equal((chat.Path, actor), (forwarded.Actor.Path.Parent, forwarded.Actor.Path.Name));
        Assert.Equal(new RoomEntered(1, Name(name), 0, 1), alice.ExpectMsg<RoomEntered>());
        Assert.Equal(forwarded.Actor, alice.LastSender);
    }

    [Fact]
    public void Others_enter_the_same_room()
    {
        var chat = StartChat();

        var (room, _) = Enter(chat, CreateTestProbe());
        var (same, entered) = Enter(chat, CreateTestProbe());

        Assert.Equal(room, same);
        Assert.Equal(2, entered.Members);
    }

    [Fact]
    public void A_room_goes_when_it_is_empty()
    {
        var (chat, alice) = (StartChat(), CreateTestProbe());
        var (room, _) = Enter(chat, alice);
        Watch(room);

        room.Tell(new ExitRoom(2), alice);

        ExpectTerminated(room);
    }

    [Fact]
    public void A_room_goes_when_its_last_member_dies()
    {
        var (chat, alice) = (StartChat(), CreateTestProbe());
        var (room, _) = Enter(chat, alice);
        Watch(room);

        Sys.Stop(alice);

        ExpectTerminated(room);
    }

    [Fact]
    public void Who_comes_while_the_room_stops_gets_a_new_one()
    {
        var (chat, alice) = (StartChat(), CreateTestProbe());
        for (var i = 0; i < 500; i++)
        {
            var (room, entered) = Enter(chat, alice);
            Assert.Equal(1, entered.Members);

            // The room tells its parent first that it is empty, so the next entry meets a room that stops.
            room.Tell(new ExitRoom(i), alice);
            alice.ExpectMsg<RoomExited>();
        }
    }

    [Fact]
    public void A_room_that_was_empty_before_it_saw_the_latest_entry_stays()
    {
        var (chat, alice, bob) = (StartChat(), CreateTestProbe(), CreateTestProbe());
        var (room, _) = Enter(chat, alice);
        Enter(chat, bob);

        chat.Tell(new RoomEmptied(1), room);
        var (same, entered) = Enter(chat, CreateTestProbe());

        Assert.Equal(room, same);
        Assert.Equal(3, entered.Members);
    }

    [Fact]
    public void Two_who_come_and_go_at_once_are_always_let_in()
    {
        var chat = StartChat();
        var guests = new[] { CreateTestProbe(), CreateTestProbe() };
        for (var i = 0; i < 300; i++)
        {
            foreach (var guest in guests) chat.Tell(new EnterRoom(i, Lobby, Member("guest")), guest);
            foreach (var guest in guests)
            {
                guest.FishForMessage<RoomEntered>(e => e.Id == i);
                guest.LastSender.Tell(new ExitRoom(i), guest);
            }

            guests[0].FishForMessage<RoomExited>(e => e.Id == i);
        }
    }

    [Fact]
    public void Rooms_are_made_up_to_the_limit_and_the_ones_there_stay_open()
    {
        var chat = StartChat(Limits with { MaxRooms = 2 });
        var alice = CreateTestProbe();
        Enter(chat, alice, "one");
        var (two, _) = Enter(chat, alice, "two");
        Watch(two);

        chat.Tell(new EnterRoom(9, Name("three"), Member("alice")), alice);
        var refused = alice.ExpectMsg<EntryRefused>();
        Assert.Equal((9, Name("three"), ErrorCode.TooMany), (refused.Id, refused.Room, refused.Problem.Code));
        Enter(chat, CreateTestProbe(), "one");

        two.Tell(new ExitRoom(1), alice);
        ExpectTerminated(two);

        // Its parent may learn of it a moment after we did.
        AwaitAssert(() =>
        {
            var guest = CreateTestProbe();
            chat.Tell(new EnterRoom(1, Name("three"), Member("guest")), guest);
            Assert.IsType<EntryForwarded>(guest.ExpectMsg<object>());
        });
    }

    [Fact]
    public void A_room_that_fails_is_gone_and_its_name_is_free()
    {
        var (chat, alice) = (StartChat(), CreateTestProbe());
        var (room, _) = Enter(chat, alice);
        room.Tell(new Speak(1, Text("hello")), alice);
        alice.FishForMessage<RoomPush>(p => p.Event is RoomMessage);
        Watch(room);

        EventFilter.Exception<ActorKilledException>().ExpectOne(() => room.Tell(Kill.Instance));
        ExpectTerminated(room);

        // Its parent may learn of it a moment after we did; until then entries go to the one that failed.
        AwaitAssert(() =>
        {
            var guest = CreateTestProbe();
            chat.Tell(new EnterRoom(1, Lobby, Member("guest")), guest);
            Assert.NotEqual(room, guest.ExpectMsg<EntryForwarded>().Actor);
            Assert.Equal(new RoomEntered(1, Lobby, 0, 1), guest.ExpectMsg<RoomEntered>());
        });
    }

    [Fact]
    public void A_stranger_that_claims_to_be_an_empty_room_is_ignored()
    {
        var chat = StartChat();

        chat.Tell(new RoomEmptied(7), CreateTestProbe());

        Enter(chat, CreateTestProbe());
    }

    private static (IActorRef Room, RoomEntered Entered) Enter(IActorRef chat, TestProbe member, string room = "lobby")
    {
        chat.Tell(new EnterRoom(1, Name(room), Member("somebody")), member);
        var forwarded = member.FishForMessage<EntryForwarded>(_ => true);
        return (forwarded.Actor, member.ExpectMsg<RoomEntered>());
    }
}
