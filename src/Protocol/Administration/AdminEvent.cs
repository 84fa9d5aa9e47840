using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Administration;

/// <summary>MESSAGE of the server in an admin channel.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SessionPage), "sessions")]
[JsonDerivedType(typeof(SessionDisconnected), "disconnected")]
public abstract record AdminEvent;

/// <summary><c>{"type":"sessions","sessions":[…],"last":true}</c>: logged-in connections, the oldest first over all pages.</summary>
public sealed record SessionPage(IReadOnlyList<SessionEntry> Sessions, bool Last) : AdminEvent;

/// <summary><c>{"type":"disconnected","connection":"c-17"}</c>: the connection has ended.</summary>
public sealed record SessionDisconnected(string Connection) : AdminEvent;

/// <summary>
/// One connection: <c>{"connection":"c-17","account":"alice","remote":"192.0.2.7:50412","mechanism":"SCRAM-SHA-256",
/// "credential":"password","since":"…","channels":2}</c>.
/// </summary>
/// <param name="Connection">Its name in the node's log and audit.</param>
/// <param name="Account">Who is logged in.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Mechanism">How it logged in.</param>
/// <param name="Credential">With what: <c>password</c>, or the label of a key.</param>
/// <param name="Since">When it logged in, UTC.</param>
/// <param name="Channels">How many channels are open.</param>
public sealed record SessionEntry(
    string Connection, string Account, string Remote, string Mechanism, string Credential, DateTimeOffset Since, int Channels);
