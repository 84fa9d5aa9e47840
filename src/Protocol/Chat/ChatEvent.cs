using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Chat;

/// <summary>MESSAGE of the server in a chat channel: the answer to a request (it has the request's id), or a push (it has none).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RoomJoined), "joined")]
[JsonDerivedType(typeof(RoomLeft), "left")]
[JsonDerivedType(typeof(Said), "said")]
[JsonDerivedType(typeof(RoomMembers), "members")]
[JsonDerivedType(typeof(ChatError), "error")]
[JsonDerivedType(typeof(RoomMessage), "message")]
[JsonDerivedType(typeof(MemberJoined), "member-joined")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
public abstract record ChatEvent;

/// <summary>Answers <see cref="JoinRoom"/>: messages after <paramref name="Sequence"/> will be pushed.</summary>
public sealed record RoomJoined(long Id, string Room, long Sequence, int Members) : ChatEvent;

/// <summary>Answers <see cref="LeaveRoom"/>: nothing more of the room comes after it.</summary>
public sealed record RoomLeft(long Id, string Room) : ChatEvent;

/// <summary>Answers <see cref="Say"/>: the message has its place in the room's order.</summary>
public sealed record Said(long Id, string Room, long Sequence) : ChatEvent;

/// <summary>Answers <see cref="ListMembers"/>.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Room">The room.</param>
/// <param name="Members">One page, in a stable order.</param>
/// <param name="Total">How many members the room has.</param>
/// <param name="Next">To be sent as <see cref="ListMembers.After"/> for the next page; absent on the last.</param>
public sealed record RoomMembers(long Id, string Room, IReadOnlyList<ChatMember> Members, int Total, string? Next = null) : ChatEvent;

/// <summary>Answers any request that could not be done.</summary>
public sealed record ChatError(long Id, ErrorCode Code, string Message) : ChatEvent;

/// <summary>Push: somebody, perhaps this client, said something. <paramref name="Sequence"/> grows by one with each message of the room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sequence">The place in the room's order, from 1.</param>
/// <param name="From">Who spoke.</param>
/// <param name="Text">What was said.</param>
/// <param name="Time">When the room took it, UTC, from the node's clock.</param>
public sealed record RoomMessage(string Room, long Sequence, ChatMember From, string Text, DateTimeOffset Time) : ChatEvent;

/// <summary>Push: a member came. Not sent in rooms above the node's presence limit.</summary>
public sealed record MemberJoined(string Room, ChatMember Member, int Members) : ChatEvent;

/// <summary>Push: a member went. Not sent in rooms above the node's presence limit.</summary>
public sealed record MemberLeft(string Room, ChatMember Member, int Members) : ChatEvent;

/// <summary>Who is in a room: the account, which is proven, and the name to show, which is only claimed.</summary>
public sealed record ChatMember(string Account, string Name);
