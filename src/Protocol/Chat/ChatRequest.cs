using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Chat;

/// <summary>MESSAGE of the client in a chat channel. Every request is answered by one <see cref="ChatEvent"/> with the same id.</summary>
/// <param name="Id">Chosen by the client.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(JoinRoom), "join")]
[JsonDerivedType(typeof(LeaveRoom), "leave")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(ListMembers), "who")]
public abstract record ChatRequest([property: JsonPropertyOrder(-1)] long Id);

/// <summary><c>{"type":"join","id":1,"room":"lobby"}</c>, answered by <see cref="RoomJoined"/>.</summary>
public sealed record JoinRoom(long Id, string Room) : ChatRequest(Id);

/// <summary><c>{"type":"leave","id":2,"room":"lobby"}</c>, answered by <see cref="RoomLeft"/>.</summary>
public sealed record LeaveRoom(long Id, string Room) : ChatRequest(Id);

/// <summary><c>{"type":"say","id":3,"room":"lobby","text":"hello"}</c>, answered by <see cref="Said"/>; the speaker is a member.</summary>
public sealed record Say(long Id, string Room, string Text) : ChatRequest(Id);

/// <summary><c>{"type":"who","id":4,"room":"lobby","after":"…"}</c>, answered by <see cref="RoomMembers"/>, a page at a time.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Room">The room.</param>
/// <param name="After"><see cref="RoomMembers.Next"/> of the page before; absent for the first.</param>
public sealed record ListMembers(long Id, string Room, string? After = null) : ChatRequest(Id);
