using ActorNet.Protocol.Chat;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Chat;

// The chat service as its adapters see it. A member is the actor that sends EnterRoom; whatever a room tells it comes
// in the room's order. The service watches its members: one that stops has left.

/// <summary>
/// To ChatActor: makes the sender a member of a room, which is created if need be. Answered <see cref="RoomEntered"/>
/// or <see cref="EntryRefused"/>.
/// </summary>
/// <param name="Id">Comes back in the answer.</param>
/// <param name="Room">The room.</param>
/// <param name="Member">What the others see of the sender.</param>
public sealed record EnterRoom(long Id, RoomName Room, ChatMember Member);

/// <summary>
/// ChatActor's first word on <see cref="EnterRoom"/>: this actor will answer. Watch it: should it fail, no answer
/// comes.
/// </summary>
public sealed record EntryForwarded(RoomName Room, IActorRef Actor) : IDeadLetterSuppression;

/// <summary>
/// From the room's actor: the sender of <see cref="EnterRoom"/> is in; it will be told every message after <paramref
/// name="Sequence"/>.
/// </summary>
public sealed record RoomEntered(long Id, RoomName Room, long Sequence, int Members) : IDeadLetterSuppression;

/// <summary>The sender of <see cref="EnterRoom"/> is not in.</summary>
public sealed record EntryRefused(long Id, RoomName Room, ChatProblem Problem) : IDeadLetterSuppression;

/// <summary>
/// To the room: the sender leaves. Answered <see cref="RoomExited"/>, after which nothing of the room comes.
/// </summary>
public sealed record ExitRoom(long Id);

/// <summary>The sender of <see cref="ExitRoom"/> is out.</summary>
public sealed record RoomExited(long Id, RoomName Room) : IDeadLetterSuppression;

/// <summary>
/// To the room: says something. Answered <see cref="RoomAnswer"/> with <see cref="Said"/>, before the message itself
/// comes.
/// </summary>
public sealed record Speak(long Id, MessageText Text);

/// <summary>
/// To the room: asks for a page of members. Answered <see cref="RoomAnswer"/> with <see cref="RoomMembers"/>.
/// </summary>
public sealed record ListRoom(long Id, string? After);

/// <summary>
/// Answers <see cref="Speak"/> and <see cref="ListRoom"/>: what the client is to be told, perhaps a <see
/// cref="ChatError"/>.
/// </summary>
public sealed record RoomAnswer(ChatEvent Event) : IDeadLetterSuppression;

/// <summary>To every member: something happened in the room. One object, encoded once, for all of them.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Json">The same as the payload of a MESSAGE frame.</param>
public sealed record RoomPush(ChatEvent Event, ReadOnlyMemory<byte> Json) : IDeadLetterSuppression;

/// <summary>Room to ChatActor: nobody is left.</summary>
/// <param name="Entries">How many <see cref="EnterRoom"/> the room has dealt with: were more forwarded, it is not empty
/// after all.</param>
public sealed record RoomEmptied(long Entries);
