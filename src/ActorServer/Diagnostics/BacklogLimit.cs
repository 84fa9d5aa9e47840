using System.Globalization;

namespace ActorNet.Server.Diagnostics;

/// <summary>The kernel's own cap on the queue of connections that wait to be accepted; it cuts a larger backlog without a word.</summary>
public static class BacklogLimit
{
    private const string File = "/proc/sys/net/core/somaxconn";

    /// <summary>The kernel's cap, or null where it does not tell.</summary>
    public static int? Current() =>
        System.IO.File.Exists(File) && int.TryParse(System.IO.File.ReadAllText(File), CultureInfo.InvariantCulture, out var limit) ? limit : null;

    /// <summary>What to say when <paramref name="configured"/> is more than the kernel allows, or null.</summary>
    /// <param name="key">The setting's full path.</param>
    /// <param name="configured">The setting.</param>
    /// <param name="limit">What <see cref="Current"/> said.</param>
    public static string? Warning(string key, int configured, int? limit) => limit is { } most && most < configured
        ? string.Create(CultureInfo.InvariantCulture,
            $"{key} is {configured}, but the kernel queues {most}: a burst of connections will wait for seconds. Raise it with sysctl net.core.somaxconn={configured}.")
        : null;
}
