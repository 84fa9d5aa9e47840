using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Administration;

/// <summary><c>params</c> of OPEN for the service <c>admin</c>; one channel per request.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ListSessions), "sessions")]
[JsonDerivedType(typeof(DisconnectSession), "disconnect")]
public abstract record AdminRequest;

/// <summary><c>{"type":"sessions"}</c>: <see cref="SessionPage"/> messages until one says it is the last, then EOF, CLOSE.</summary>
public sealed record ListSessions : AdminRequest;

/// <summary>
/// <c>{"type":"disconnect","connection":"c-17"}</c>: ends that connection; <see cref="SessionDisconnected"/>, EOF, CLOSE. REFUSED or closed
/// with not-found if there is none of this name that the account may end.
/// </summary>
/// <param name="Connection">The name that <see cref="SessionEntry"/> or <c>whoami</c> gave.</param>
public sealed record DisconnectSession(string Connection) : AdminRequest;
