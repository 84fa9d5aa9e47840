using ActorNet.Protocol;
using Akka.Actor;

namespace ActorNet.Server.Chat;

/// <summary>
/// <c>/user/chat</c>: owns which rooms there are. Adapters ask it to enter a room; it creates the room's actor at the
/// first entry and stops it when the last member has gone. Everything else goes from member to room directly. Lives as
/// long as the node.
/// </summary>
public sealed class ChatActor : ReceiveActor
{
    private readonly ChatSettings _settings;
    private readonly TimeProvider _time;
    private readonly Dictionary<RoomName, Room> _rooms = [];
    private readonly Dictionary<IActorRef, RoomName> _names = [];

    public ChatActor(ChatSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);

        Receive<EnterRoom>(HandleEnterRoom);
        Receive<RoomEmptied>(HandleRoomEmptied);
        Receive<Terminated>(HandleTerminated);
    }

    public static Props Props(ChatSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ChatActor(settings, time));

    private void HandleEnterRoom(EnterRoom message)
    {
        if (!_rooms.TryGetValue(message.Room, out var room))
        {
            if (_rooms.Count >= _settings.MaxRooms)
            {
                var problem = new ChatProblem(
                    ErrorCode.TooMany, $"The node has {_settings.MaxRooms} rooms already; enter one of them.");
                Sender.Tell(new EntryRefused(message.Id, message.Room, problem));
                return;
            }

            room = CreateRoom(message.Room);
        }

        Enter(room, message, Sender);
    }

    private void HandleRoomEmptied(RoomEmptied message)
    {
        if (!_names.TryGetValue(Sender, out var name)) return;
        var room = _rooms[name];
        if (room.Forwarded > message.Entries || room.Waiting is not null) return;
        room.Waiting = [];
        Context.Stop(room.Actor);
    }

    // The room is gone, empty or failed; who came meanwhile gets a new one under the same name.
    private void HandleTerminated(Terminated message)
    {
        _names.Remove(message.ActorRef, out var name);
        _rooms.Remove(name!, out var gone);
        if (gone!.Waiting is not { Count: > 0 } waiting) return;
        var room = CreateRoom(name!);
        foreach (var (entry, member) in waiting) Enter(room, entry, member);
    }

    /// <summary>A room that fails is gone, with its members' channels; they open again and enter a new one.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private Room CreateRoom(RoomName name)
    {
        var room = new Room(Context.Watch(Context.ActorOf(RoomActor.Props(name, _settings, _time), name.ActorName)));
        _rooms.Add(name, room);
        _names.Add(room.Actor, name);
        return room;
    }

    private static void Enter(Room room, EnterRoom message, IActorRef member)
    {
        if (room.Waiting is { } waiting)
        {
            waiting.Add((message, member));
            return;
        }

        room.Forwarded++;
        member.Tell(new EntryForwarded(message.Room, room.Actor));
        room.Actor.Tell(message, member);
    }

    private sealed class Room(IActorRef actor)
    {
        public IActorRef Actor { get; } = actor;

        public long Forwarded { get; set; }

        /// <summary>
        /// Who came while the actor was stopping; null while it is not. Its name is free only when it has stopped.
        /// </summary>
        public List<(EnterRoom Message, IActorRef Member)>? Waiting { get; set; }
    }
}
