using ActorNet.Protocol.Chat;
using Akka.Actor;

namespace ActorNet.Server.Chat;

/// <summary>A room as one channel sees it: being entered, entered, or being left.</summary>
public sealed class RoomLink
{
    private List<(RoomName Room, ChatRequest Request)> _waiting = [];

    /// <summary>The room's actor, once it has let the channel in.</summary>
    public IActorRef Actor { get; private set; } = ActorRefs.Nobody;

    /// <summary>Whether the channel is on its way in or out; requests for the room wait until it has arrived.</summary>
    public bool IsMoving { get; private set; } = true;

    /// <summary>Keeps a request for later.</summary>
    public void Wait(RoomName room, ChatRequest request) => _waiting.Add((room, request));

    /// <summary>The channel is in.</summary>
    public void Enter(IActorRef actor) => (Actor, IsMoving) = (actor, false);

    /// <summary>The channel asked to leave.</summary>
    public void Leave() => IsMoving = true;

    /// <summary>The requests that waited, in their order; none wait afterwards.</summary>
    public IReadOnlyList<(RoomName Room, ChatRequest Request)> TakeWaiting()
    {
        var waiting = _waiting;
        _waiting = [];
        return waiting;
    }
}
