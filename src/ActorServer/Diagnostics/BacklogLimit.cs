using System.Globalization;

namespace ActorNet.Server.Diagnostics;

/// <summary>
/// The kernel's own cap on the queue of connections that wait to be accepted; it cuts a larger backlog without a word.
/// </summary>
public static class BacklogLimit
{
    private const string Setting = "/proc/sys/net/core/somaxconn";

    /// <summary>The kernel's cap, or null where it does not tell.</summary>
    public static int? Current() =>
        File.Exists(Setting) && int.TryParse(File.ReadAllText(Setting), CultureInfo.InvariantCulture, out var limit) ? limit : null;
}
