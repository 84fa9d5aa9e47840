namespace ActorNet.Server.Audit;

/// <summary>Audit to writer: open the log. Answered by <see cref="LogOpened"/> or <see cref="WriteFailed"/>.</summary>
internal sealed record OpenLog
{
    public static readonly OpenLog Instance = new();
}

/// <summary>Audit to writer: append these. Answered by <see cref="RecordsWritten"/> or <see cref="WriteFailed"/>.</summary>
/// <param name="Bodies">As <see cref="AuditFormat.Body"/> made them.</param>
internal sealed record AppendRecords(IReadOnlyList<ReadOnlyMemory<byte>> Bodies);

/// <summary>Writer to audit: the log is open.</summary>
/// <param name="Torn">What was cut off its end.</param>
/// <param name="Break">Where it does not follow.</param>
internal sealed record LogOpened(TornTail? Torn, string? Break);

/// <summary>Writer to audit: they are on the disk, as far as <c>audit.sync</c> asks for it.</summary>
/// <param name="Deleted">Names of old files that went.</param>
/// <param name="DeletionProblem">Why others that are too many did not go; null: none is.</param>
internal sealed record RecordsWritten(IReadOnlyList<string> Deleted, string? DeletionProblem);

/// <summary>Writer to audit: nothing was written.</summary>
internal sealed record WriteFailed(string Reason);
