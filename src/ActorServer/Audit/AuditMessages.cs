using Akka.Event;

namespace ActorNet.Server.Audit;

/// <summary>To audit: write this down. No answer, and no dead letter from what stops after audit has.</summary>
public sealed record Note(AuditEvent Event) : IDeadLetterSuppression;

/// <summary>
/// To audit: write this down before it is done; answered by <see cref="Noted"/> or <see cref="NotNoted"/>. Under
/// <c>audit.on-failure = continue</c> the answer is always <see cref="Noted"/>. From what stops after audit has, as the store may, no dead
/// letter and no answer.
/// </summary>
/// <param name="Event">What is about to happen.</param>
/// <param name="Tag">Comes back with the answer.</param>
public sealed record NoteFirst(AuditEvent Event, object? Tag = null) : IDeadLetterSuppression;

/// <summary>It is written, or may be done without.</summary>
public sealed record Noted(object? Tag) : IDeadLetterSuppression;

/// <summary>It could not be written, and so must not be done.</summary>
public sealed record NotNoted(object? Tag) : IDeadLetterSuppression;

/// <summary>
/// To audit, when all else has stopped: record the end of this run. Answered by <see cref="Noted"/> when all that came before is written, or
/// <see cref="NotNoted"/>.
/// </summary>
public sealed record StopAudit
{
    public static readonly StopAudit Instance = new();
}
