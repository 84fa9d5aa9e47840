using ActorNet.Server.Connections;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Files;

/// <summary>Where files are and what a transfer may take: <c>actornet.files</c>.</summary>
/// <param name="Root">The folder clients see as <c>/</c>; an absolute path.</param>
/// <param name="MaxFileSize">Largest upload, in bytes.</param>
/// <param name="MaxName">Largest component of a path, in bytes of UTF-8.</param>
/// <param name="MaxPath">Largest path, in bytes of UTF-8.</param>
/// <param name="MaxFolderEntries">Entries of a folder beyond which it is not listed.</param>
/// <param name="PageSize">Largest page of a list, in bytes of JSON.</param>
/// <param name="ChunkSize">Bytes read from the disk at once.</param>
/// <param name="TransfersPerNode">Gets, puts and lists running at once.</param>
/// <param name="TransfersPerAccount">The same for one account.</param>
/// <param name="StallTimeout">How long a transfer may stand still because of the client; it is closed within twice
/// that.</param>
/// <param name="Window">Window of a channel.</param>
public sealed record FileSettings(
    string Root,
    long MaxFileSize,
    int MaxName,
    int MaxPath,
    int MaxFolderEntries,
    int PageSize,
    int ChunkSize,
    int TransfersPerNode,
    int TransfersPerAccount,
    TimeSpan StallTimeout,
    ChannelWindow Window)
{
    /// <summary>Reads <c>actornet.files</c>; a relative root lies in <paramref name="dataFolder"/>.</summary>
    public static FileSettings From(SettingsReader settings, string dataFolder) => new(
        Path.GetFullPath(settings.Text("root"), Path.GetFullPath(dataFolder)),
        settings.Bytes("max-file-size", 1, 1L << 50),
        settings.IntBytes("max-name", 1, FilePath.LargestName),
        settings.IntBytes("max-path", 1, 4095),
        settings.Number("max-folder-entries", 1, 10_000_000),
        settings.IntBytes("page-size", 4 * 1024, 128 * 1024),
        settings.IntBytes("chunk-size", 4 * 1024, 256 * 1024),
        settings.Number("transfers-per-node", 1, 100_000),
        settings.Number("transfers-per-account", 1, 100_000),
        settings.Duration("stall-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        ChannelWindow.From(settings));
}
