using System.Globalization;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Audit;

/// <summary>How the audit log is written and kept: <c>actornet.audit</c>.</summary>
/// <param name="FileSize">Bytes of a file after which the next is begun.</param>
/// <param name="FilesKept">Files kept, the oldest goes first; null: all.</param>
/// <param name="IsSynced">Every write is on the disk, not only in the kernel, before it is answered.</param>
/// <param name="RefusesOnFailure">What cannot be recorded is not done; else it is done without.</param>
/// <param name="MaxPending">Bytes of records that may wait to be written.</param>
/// <param name="RetryInterval">How often writing is tried again while it fails.</param>
/// <param name="WriteTimeout">How long one write may take before what waits for it is refused.</param>
/// <param name="FieldSize">Bytes of one value, as it stands in the line; the rest is cut.</param>
/// <param name="LineSize">Bytes of one line; details that have no room are left out.</param>
public sealed record AuditSettings(
    long FileSize,
    int? FilesKept,
    bool IsSynced,
    bool RefusesOnFailure,
    int MaxPending,
    TimeSpan RetryInterval,
    TimeSpan WriteTimeout,
    int FieldSize,
    int LineSize)
{
    /// <summary>The largest line that any setting allows, and that is read.</summary>
    public const int LargestLine = 256 * 1024;

    // The six values beside the details, and the fixed parts with their marks.
    private const int FieldsPerLine = 8;
    private const int MostFiles = 1_000_000;

    /// <summary>Reads <c>actornet.audit</c>.</summary>
    public static AuditSettings From(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var audit = new AuditSettings(
            settings.Bytes("file-size", 64 * 1024, 1024 * 1024 * 1024),
            FilesKeptOf(settings),
            settings.Choice("sync", "always", "never") == "always",
            settings.Choice("on-failure", "refuse", "continue") == "refuse",
            settings.IntBytes("max-pending", 1024 * 1024, 1024 * 1024 * 1024),
            settings.Duration("retry-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            settings.Duration("write-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            settings.IntBytes("field-size", 256, 16 * 1024),
            settings.IntBytes("line-size", 4 * 1024, LargestLine));
        if (audit.LineSize < FieldsPerLine * audit.FieldSize)
            settings.Fail("line-size", $"is less than {FieldsPerLine} times field-size, which a line must hold.");
        return audit;
    }

    private static int? FilesKeptOf(SettingsReader settings)
    {
        var text = settings.Text("files-kept");
        if (text == "all") return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 2 and <= MostFiles)
            return number;
        settings.Fail("files-kept", $"is '{text}'; it takes all, or a whole number from 2 to {MostFiles}.");
        return null;
    }
}
