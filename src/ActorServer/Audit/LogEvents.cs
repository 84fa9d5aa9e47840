using System.Globalization;

namespace ActorNet.Server.Audit;

/// <summary>What the log records about itself and the node.</summary>
internal static class LogEvents
{
    /// <summary>The last of a run that ended in order.</summary>
    public static AuditEvent NodeStopped { get; } = new("node.stop", AuditEvent.Ok);

    /// <summary>The end of a file was in the middle of a line.</summary>
    public static AuditEvent Recovered(TornTail torn) => new("audit.recovered", AuditEvent.Ok)
    {
        Subject = torn.File,
        Details = [new("bytes", Text(torn.Length)), new("sha256", torn.Hash), new("moved_to", torn.MovedTo)],
    };

    /// <summary>The newest file is not what was written.</summary>
    public static AuditEvent Broken(string problem) => new("audit.broken", "invalid") { Subject = problem };

    /// <summary>An old file was deleted, as <c>files-kept</c> asks for.</summary>
    public static AuditEvent Deleted(string file) => new("audit.delete", AuditEvent.Ok) { Subject = file };

    /// <summary>For a while nothing could be written.</summary>
    public static AuditEvent Gap(DateTimeOffset since, long lost, long refused) => new("audit.gap", "unavailable")
    {
        Details =
        [
            new("since", since.UtcDateTime.ToString(AuditFormat.TimeFormat, CultureInfo.InvariantCulture)),
            new("lost", Text(lost)),
            new("refused", Text(refused)),
        ],
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
