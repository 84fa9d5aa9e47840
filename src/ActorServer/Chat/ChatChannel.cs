using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Chat;

/// <summary>
/// A chat channel: requests of its client to ChatActor and rooms, their answers and pushes back. Owns no more than
/// which rooms the client is in. Ends with the channel, or when a room it is in fails; the rooms watch it and so learn
/// of either.
///
/// Requests may be sent without waiting for answers: those of one room are done in their order.
/// </summary>
public sealed class ChatChannel : ChannelActor
{
    private readonly IActorRef _chat;
    private readonly ChatSettings _settings;
    private readonly TokenBucket? _bucket;
    private readonly Dictionary<RoomName, RoomLink> _rooms = [];
    private ChatMember _member;
    private int _unanswered;
    private bool _draining;
    private bool _isPeerFinished;

    public ChatChannel(ChannelContext context, IActorRef chat, ChatSettings settings, TimeProvider time) : base(context)
    {
        (_chat, _settings) = (chat, settings);
        _bucket = settings.RateLimit is { } rate ? new TokenBucket(rate.PerSecond, rate.Burst, time) : null;
        _member = new ChatMember(context.Account, context.Account);

        Receive<RoomPush>(push => SendMessage(push.Json));
        Receive<RoomAnswer>(answer => Answer(answer.Event));
        Receive<EntryForwarded>(forwarded => Context.Watch(forwarded.Actor));
        Receive<RoomEntered>(HandleRoomEntered);
        Receive<EntryRefused>(HandleEntryRefusedByRoom);
        Receive<RoomExited>(HandleRoomExited);
        Receive<Terminated>(_ => Close(ErrorCode.Internal, "a room of this channel failed; open and join again"));
    }

    public static Props Props(ChannelContext context, IActorRef chat, ChatSettings settings, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ChatChannel(context, chat, settings, time));

    protected override void OnStart()
    {
        if (Params(ProtocolJsonContext.Default.ChatOptions).Name is { } name)
        {
            if (MemberName.Check(name, _settings.MemberNameLength) is { } problem)
            {
                Refuse(problem.Code, problem.Message);
                return;
            }

            _member = _member with { Name = name };
        }

        Opened();
    }

    protected override void OnMessage(ReadOnlyMemory<byte> json)
    {
        var request = ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChatRequest);
        _unanswered++;
        if (Inadmissible(request) is { } problem)
            Fail(request, problem);
        else if (!RoomName.TryParse(RoomOf(request), _settings.RoomNameLength, out var room, out problem))
            Fail(request, problem);
        else
            Handle(room, request);
    }

    /// <summary>What was asked is answered, what was pushed is delivered, and then the channel is closed.</summary>
    protected override void OnDrain()
    {
        _draining = true;
        CloseWhenDrained();
    }

    /// <summary>The same: nobody is there any more who could ask, or leave.</summary>
    protected override void OnPeerFinished()
    {
        _isPeerFinished = true;
        OnDrain();
    }

    private void HandleRoomEntered(RoomEntered message)
    {
        var link = _rooms[message.Room];
        link.Enter(Sender);
        Answer(new RoomJoined(message.Id, message.Room.Value, message.Sequence, message.Members));
        HandleWaiting(link);
    }

    private void HandleEntryRefusedByRoom(EntryRefused message)
    {
        Context.Unwatch(Sender);
        HandleEntryRefused(message);
    }

    private void HandleEntryRefused(EntryRefused message)
    {
        _rooms.Remove(message.Room, out var link);
        EndStay(message.Room, message.Problem.Code.ToWire());
        Answer(new ChatError(message.Id, message.Problem.Code, message.Problem.Message));
        HandleWaiting(link!);
    }

    private void HandleRoomExited(RoomExited message)
    {
        Context.Unwatch(Sender);
        _rooms.Remove(message.Room, out var link);
        EndStay(message.Room, AuditEvent.Ok);
        Answer(new RoomLeft(message.Id, message.Room.Value));
        HandleWaiting(link!);
    }

    // Handle keeps those back that come behind another join or leave.
    private void HandleWaiting(RoomLink link)
    {
        foreach (var (room, request) in link.TakeWaiting()) Handle(room, request);
    }

    private void Handle(RoomName room, ChatRequest request)
    {
        if (!_rooms.TryGetValue(room, out var link)) HandleOutside(room, request);
        else if (link.IsMoving) link.Wait(room, request);
        else HandleInside(room, link, request);
    }

    private void HandleOutside(RoomName room, ChatRequest request)
    {
        if (request is not JoinRoom)
        {
            Fail(request, new ChatProblem(ErrorCode.NotFound, $"You are not in the room {room}; join it first."));
        }
        else if (_rooms.Count >= _settings.MaxRoomsPerChannel)
        {
            var detail = $"You are in {_settings.MaxRoomsPerChannel} rooms; leave one first.";
            Fail(request, new ChatProblem(ErrorCode.TooMany, detail));
        }
        else
        {
            // What else is asked about the room waits in its link until this is decided and done.
            _rooms.Add(room, new RoomLink());
            Require(
                DemandOf(room),
                () => _chat.Tell(new EnterRoom(request.Id, room, _member)),
                (code, message) => HandleEntryRefused(new EntryRefused(request.Id, room, new ChatProblem(code, message))));
        }
    }

    private void HandleInside(RoomName room, RoomLink link, ChatRequest request)
    {
        switch (request)
        {
            case JoinRoom:
                Fail(request, new ChatProblem(ErrorCode.Conflict, $"You are in the room {room} already."));
                break;
            case LeaveRoom:
                link.Leave();
                link.Actor.Tell(new ExitRoom(request.Id));
                break;
            case Say say:
                if (MessageText.TryParse(say.Text, _settings.MessageSize, out var text, out var problem))
                    link.Actor.Tell(new Speak(say.Id, text));
                else
                    Fail(request, problem);
                break;
            case ListMembers list:
                link.Actor.Tell(new ListRoom(list.Id, list.After));
                break;
        }
    }

    private ChatProblem? Inadmissible(ChatRequest request)
    {
        if (_draining)
            return new ChatProblem(ErrorCode.Unavailable, "The node is stopping.");
        if (_unanswered > _settings.MaxRequests)
            return new ChatProblem(ErrorCode.RateLimited, $"{_settings.MaxRequests} requests wait for their answer.");
        if (request is not LeaveRoom && _bucket?.TryTake() == false)
            return new ChatProblem(ErrorCode.RateLimited, $"More than {_settings.RateLimit!.PerSecond} requests a second.");
        return null;
    }

    private void Fail(ChatRequest request, ChatProblem problem) =>
        Answer(new ChatError(request.Id, problem.Code, problem.Message));

    private void Answer(ChatEvent answer)
    {
        SendMessage(ProtocolJson.Encode(answer, ProtocolJsonContext.Default.ChatEvent));
        _unanswered--;
        CloseWhenDrained();
    }

    private void CloseWhenDrained()
    {
        if (!_draining || _unanswered > 0) return;
        if (_isPeerFinished) Close();
        else Close(ErrorCode.Unavailable, "the node is stopping");
    }

    private static Demand DemandOf(RoomName room) => AccessTable.DemandOf(ServiceNames.Chat, new JoinRoom(0, room.Value));

    // A stay that began is one that the audit has.
    private void EndStay(RoomName room, string outcome)
    {
        if (Release(DemandOf(room))) Channel.Trail.Note("chat.leave", outcome, room.Value);
    }

    protected override void PostStop()
    {
        foreach (var room in _rooms.Keys) EndStay(room, EndCode?.ToWire() ?? AuditEvent.Ok);
        base.PostStop();
    }

    private static string RoomOf(ChatRequest request) => request switch
    {
        JoinRoom join => join.Room,
        LeaveRoom leave => leave.Room,
        Say say => say.Room,
        ListMembers list => list.Room,
        _ => throw new ProtocolViolationException(ErrorCode.Invalid, "A request of no known type."),
    };
}
