using ActorNet.Protocol.Chat;
using ActorNet.Server.Chat;
using Akka.Actor;

namespace ActorNet.Server.Tests.Chat;

public sealed class LargeRoomTests : ChatFixture
{
    private const int Members = 10_000;

    [Fact]
    public void Ten_thousand_enter_hear_one_message_and_go()
    {
        var chat = StartChat();
        var counter = CreateTestProbe();
        var tally = Sys.ActorOf(Props.Create(() => new Tally(Members, counter)));
        var members = Enumerable.Range(0, Members).Select(_ => Sys.ActorOf(Props.Create(() => new Listener(tally)))).ToArray();

        foreach (var member in members) chat.Tell(new EnterRoom(1, Lobby, Member("somebody")), member);
        counter.ExpectMsg<IActorRef>(TimeSpan.FromSeconds(30));
        var alice = CreateTestProbe();
        chat.Tell(new EnterRoom(1, Lobby, Member("alice")), alice);
        var room = alice.ExpectMsg<EntryForwarded>().Actor;
        Assert.Equal(Members + 1, alice.ExpectMsg<RoomEntered>().Members);

        room.Tell(new Speak(2, Text("hello")), alice);
        counter.ExpectMsg<IActorRef>(TimeSpan.FromSeconds(30));

        Watch(room);
        Sys.Stop(alice);
        foreach (var member in members) Sys.Stop(member);
        ExpectTerminated(room, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Every_member_of_a_large_room_is_listed_once()
    {
        var room = Sys.ActorOf(RoomActor.Props(Lobby, Limits, Time));
        var idle = Enumerable.Range(0, 1000).Select(_ => Sys.ActorOf(Props.Empty)).ToArray();
        for (var i = 0; i < idle.Length; i++) room.Tell(new EnterRoom(1, Lobby, Member($"member{i}")), idle[i]);
        var alice = CreateTestProbe();
        room.Tell(new EnterRoom(1, Lobby, Member("alice")), alice);
        alice.ExpectMsg<RoomEntered>();

        var listed = new List<ChatMember>();
        string? next = null;
        do
        {
            room.Tell(new ListRoom(1, next), alice);
            var page = Assert.IsType<RoomMembers>(alice.ExpectMsg<RoomAnswer>().Event);
            Assert.InRange(page.Members.Count, 1, Limits.PageSize);
            listed.AddRange(page.Members);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => Member($"member{i}")).Append(Member("alice")), listed);
    }

    /// <summary>Tells <c>done</c> each time it has been told <c>expected</c> messages.</summary>
    private sealed class Tally : ReceiveActor
    {
        private int _count;

        public Tally(int expected, IActorRef done) => ReceiveAny(_ =>
        {
            if (++_count % expected == 0) done.Tell(Self);
        });
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(IActorRef tally)
        {
            Receive<RoomEntered>(tally.Tell);
            Receive<RoomPush>(push => push.Event is RoomMessage, tally.Tell);
            ReceiveAny(_ => { });
        }
    }
}
