using System.Globalization;
using System.Security.Cryptography;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using Akka.Actor;

namespace ActorNet.Server.Audit;

/// <summary>One run of the node, from its start to its end, as the audit log knows it.</summary>
internal static class NodeRun
{
    // Below the time of its phase, akka.coordinated-shutdown.default-phase-timeout.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(4);

    /// <summary>A name for this run, 8 hex digits: in every record, and what makes connections unique over all runs.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    /// <summary>The audit of the node.</summary>
    public static Props Audit(ServerSettings settings, DataDirectory data, string run) =>
        AuditActor.Props(settings.Audit, data.Subdirectory(AuditFile.DirectoryName), run, Started(settings));

    /// <summary>The last record is written when no connection is left that could have another one written.</summary>
    public static void EndWith(ActorSystem system, IActorRef audit) => CoordinatedShutdown.Get(system).AddTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "end-audit", async () =>
        {
            await audit.Ask<object>(StopAudit.Instance, StopTimeout);
            return Akka.Done.Instance;
        });

    private static AuditEvent Started(ServerSettings settings) => new("node.start", AuditEvent.Ok)
    {
        Subject = settings.Node.Name,
        Details =
        [
            new("version", ServerVersion.Version),
            new("process", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)),
            new("user", Environment.UserName),
            new("listeners", string.Join(' ', settings.Listeners.Select(listener => $"{listener.Name}={listener.Endpoint}"))),
            new("files_root", settings.Files.Root),
            new("audit_sync", settings.Audit.IsSynced ? "always" : "never"),
            new("audit_on_failure", settings.Audit.RefusesOnFailure ? "refuse" : "continue"),
            new("audit_files_kept", settings.Audit.FilesKept?.ToString(CultureInfo.InvariantCulture) ?? "all"),
        ],
    };
}
