using Akka.Event;

namespace ActorNet.Server.Auth;

// Answers may come after the connection that asked is gone: no dead letters worth a line in the log.

/// <summary>To accounts: the key of an account; answered by <see cref="AccountKey"/>, always, and in the same time.</summary>
public sealed record FindAccountKey(string Account);

/// <summary>The key to check a proof with; for an unknown account one that nobody has.</summary>
public sealed record AccountKey(ReadOnlyMemory<byte> Key, bool IsKnown) : IDeadLetterSuppression;

/// <summary>Login to connection: the client is who it says.</summary>
public sealed record LoginSucceeded(string Account, byte[] ServerProof) : IDeadLetterSuppression;

/// <summary>Login to connection: it is not. The detail is for the log, never for the client.</summary>
public sealed record LoginFailed(string Detail) : IDeadLetterSuppression;
