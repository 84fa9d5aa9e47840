using System.Collections.Immutable;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Auth;

// Between a login (AuthActor), the accounts (AccountsActor) and the connection. Answers may come after the connection that asked is gone:
// no dead letters worth a line in the log.

/// <summary>Connection to login: what the client said in one AUTH. It may still be on its way when the connection is gone.</summary>
public sealed record LoginStep(Authenticate Step) : IDeadLetterSuppression;

/// <summary>Login to accounts: somebody wants in; answered by <see cref="LoginMaterial"/> or <see cref="LoginThrottled"/>.</summary>
/// <param name="Claimed">The name as the client wrote it.</param>
/// <param name="Account">The name, prepared; null if it cannot be an account's. Then it is treated as one that nobody has.</param>
/// <param name="Kind">By what.</param>
/// <param name="Device">What the client shows of an earlier login; null: nothing.</param>
public sealed record BeginLogin(string Claimed, AccountName? Account, CredentialKind Kind, byte[]? Device);

/// <summary>Accounts to login: what to check the proof with. The same for every name; one that cannot log in gets what nobody has.</summary>
/// <param name="Problem">Why no proof will do, for the log alone; null: a right one will.</param>
/// <param name="Password">For <see cref="CredentialKind.Password"/>.</param>
/// <param name="Keys">For <see cref="CredentialKind.Key"/>: always <see cref="KeyCheck.Candidates"/> of them.</param>
public sealed record LoginMaterial(string? Problem, ScramCredential? Password, ImmutableArray<CandidateKey> Keys) : IDeadLetterSuppression;

/// <summary>A key that a proof may have been made with.</summary>
/// <param name="Id">The key's id; null: a decoy.</param>
/// <param name="Secret">The key.</param>
public sealed record CandidateKey(string? Id, byte[] Secret);

/// <summary>Accounts to login: too many have failed with this name; nothing is checked before <paramref name="RetryAfter"/> has passed.</summary>
public sealed record LoginThrottled(TimeSpan RetryAfter) : IDeadLetterSuppression;

/// <summary>
/// Login to accounts: the proof was right. Answered by <see cref="SessionOpened"/>, or by <see cref="SessionDenied"/> if the account or the
/// credential is no longer good. From then on the connection is told <see cref="SessionRevoked"/> and <see cref="Connections.RightsChanged"/>,
/// perhaps before the answer has reached it.
/// </summary>
public sealed record OpenSession(
    AccountName Account, Credential Credential, string Mechanism, IActorRef Connection, string ConnectionId, string Remote, byte[]? Device);

/// <summary>Accounts to login: it is in.</summary>
/// <param name="Session">Who, and what it may.</param>
/// <param name="Device">What the client may show at its next login; null if it has shown it, and for logins by key.</param>
public sealed record SessionOpened(Session Session, byte[]? Device) : IDeadLetterSuppression;

/// <summary>Accounts to login: it is not. The detail is for the log.</summary>
public sealed record SessionDenied(string Detail) : IDeadLetterSuppression;

/// <summary>Login to connection: send this, and give me the client's answer.</summary>
/// <param name="Claimed">Who the client says it is.</param>
/// <param name="Step">The AUTH to send.</param>
public sealed record LoginChallenge(string Claimed, Authenticate Step) : IDeadLetterSuppression;

/// <summary>Login to connection: the client is who it says.</summary>
/// <param name="Session">Who, and what it may.</param>
/// <param name="ServerData">The last word of the mechanism.</param>
/// <param name="Device">What the client may show at its next login, or null.</param>
public sealed record LoginSucceeded(Session Session, byte[] ServerData, byte[]? Device) : IDeadLetterSuppression;

/// <summary>Login to connection: it is not.</summary>
/// <param name="Code">What the client is told.</param>
/// <param name="Message">What the client is told; the same for all accounts.</param>
/// <param name="Detail">Which part was wrong; for the log, never for the client.</param>
/// <param name="Claimed">Who the client said it is, if it did.</param>
public sealed record LoginFailed(ErrorCode Code, string Message, string Detail, string? Claimed) : IDeadLetterSuppression;

/// <summary>Accounts to connection: the session ends now.</summary>
/// <param name="Reason">For the log and the audit.</param>
/// <param name="Message">For the person at the other end.</param>
public sealed record SessionRevoked(string Reason, string Message) : IDeadLetterSuppression;

/// <summary>To accounts: who is logged in? Answered by <see cref="SessionList"/>.</summary>
public sealed record ListSessions
{
    /// <summary>The only instance.</summary>
    public static readonly ListSessions Instance = new();
}

/// <summary>Who is logged in, in the order of the logins.</summary>
public sealed record SessionList(ImmutableArray<Session> Sessions) : IDeadLetterSuppression;

/// <summary>To accounts: end this connection. Answered by <see cref="SessionEnded"/> or <see cref="SessionNotFound"/>.</summary>
/// <param name="ConnectionId">Which.</param>
/// <param name="By">Who wants it, for the log and the audit.</param>
public sealed record EndSession(string ConnectionId, string By);

/// <summary>The connection has been told to end.</summary>
public sealed record SessionEnded(Session Session) : IDeadLetterSuppression;

/// <summary>Nobody is logged in on a connection of this id.</summary>
public sealed record SessionNotFound(string ConnectionId) : IDeadLetterSuppression;
