using System.Globalization;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using Akka.Actor;

namespace ActorNet.Server.Chat;

/// <summary>
/// One room: owns the order of its messages and who is in it. Members talk to it directly; ChatActor, its parent,
/// forwards those who want to enter and stops it when it is empty.
///
/// What things cost: a message one encoding and one Tell of one shared object per member; coming and going one watch,
/// O(1) in the table and, up to the presence limit, one Tell per member; a page of <c>who</c> its own length.
/// </summary>
public sealed class RoomActor : ReceiveActor
{
    private readonly RoomName _name;
    private readonly ChatSettings _settings;
    private readonly TimeProvider _time;
    private readonly MemberTable<IActorRef> _members = new();
    private long _sequence;
    private long _entries;

    public RoomActor(RoomName name, ChatSettings settings, TimeProvider time)
    {
        (_name, _settings, _time) = (name, settings, time);

        Receive<EnterRoom>(HandleEnterRoom);
        Receive<ExitRoom>(HandleExitRoom);
        Receive<Speak>(HandleSpeak);
        Receive<ListRoom>(HandleListRoom);
        Receive<Terminated>(HandleTerminated);
    }

    public static Props Props(RoomName name, ChatSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new RoomActor(name, settings, time));

    private void HandleEnterRoom(EnterRoom message)
    {
        _entries++;
        if (Inadmissible() is { } problem)
        {
            Sender.Tell(new EntryRefused(message.Id, _name, problem));
            return;
        }

        PushPresence(_members.Count + 1, new MemberJoined(_name.Value, message.Member, _members.Count + 1));
        _members.TryAdd(Sender, message.Member);
        Context.Watch(Sender);
        Sender.Tell(new RoomEntered(message.Id, _name, _sequence, _members.Count));
    }

    private void HandleExitRoom(ExitRoom message)
    {
        if (_members.Contains(Sender))
        {
            Context.Unwatch(Sender);
            Remove(Sender);
        }

        Sender.Tell(new RoomExited(message.Id, _name));
    }

    private void HandleSpeak(Speak message)
    {
        if (!_members.TryGet(Sender, out var member))
        {
            Sender.Tell(NotAMember(message.Id));
            return;
        }

        _sequence++;
        Sender.Tell(new RoomAnswer(new Said(message.Id, _name.Value, _sequence)));
        Push(new RoomMessage(_name.Value, _sequence, member, message.Text.Value, _time.GetUtcNow()));
    }

    private void HandleListRoom(ListRoom message)
    {
        if (!_members.Contains(Sender))
        {
            Sender.Tell(NotAMember(message.Id));
            return;
        }

        if (!long.TryParse(message.After ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            Sender.Tell(new RoomAnswer(
                new ChatError(message.Id, ErrorCode.Invalid, "'after' is not the 'next' of an earlier page of this room.")));
            return;
        }

        var page = _members.Page(after, _settings.PageSize);
        Sender.Tell(new RoomAnswer(new RoomMembers(
            message.Id, _name.Value, page.Members, _members.Count, page.Next?.ToString(CultureInfo.InvariantCulture))));
    }

    private void HandleTerminated(Terminated message) => Remove(message.ActorRef);

    private void Remove(IActorRef leaver)
    {
        if (!_members.TryRemove(leaver, out var member)) return;
        PushPresence(_members.Count + 1, new MemberLeft(_name.Value, member, _members.Count));
        if (_members.Count == 0) Context.Parent.Tell(new RoomEmptied(_entries));
    }

    private ChatProblem? Inadmissible()
    {
        if (_members.Contains(Sender))
            return new ChatProblem(ErrorCode.Conflict, $"You are in the room {_name} already.");
        if (_members.Count >= _settings.MaxMembers)
            return new ChatProblem(ErrorCode.TooMany, $"The room {_name} is full: it has {_members.Count} members.");
        return null;
    }

    private RoomAnswer NotAMember(long id) =>
        new(new ChatError(id, ErrorCode.NotFound, $"You are not in the room {_name}; join it first."));

    // Both ways by the larger count, so that a leaver whose coming was not told is not told either.
    private void PushPresence(int members, ChatEvent change)
    {
        if (members <= _settings.PresenceLimit) Push(change);
    }

    private void Push(ChatEvent change)
    {
        var push = new RoomPush(change, ProtocolJson.Encode(change, ProtocolJsonContext.Default.ChatEvent));
        foreach (var member in _members.Keys) member.Tell(push);
    }
}
