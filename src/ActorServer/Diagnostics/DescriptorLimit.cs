using System.Globalization;

namespace ActorNet.Server.Diagnostics;

/// <summary>
/// How many files and sockets this process may have open (RLIMIT_NOFILE). Above it, Akka.IO's accept loop spins until
/// the process dies: the node refuses connections well below.
/// </summary>
public static class DescriptorLimit
{
    /// <summary>Kept for what is no connection: files, pipes of jobs, log, the runtime.</summary>
    public const int Reserve = 200;

    /// <summary>The limit of this process, or null where the system does not tell.</summary>
    public static long? Current() =>
        File.Exists("/proc/self/limits") ? Parse(File.ReadLines("/proc/self/limits")) : null;

    /// <summary>Reads the soft limit out of the lines of <c>/proc/self/limits</c>; null when there is none.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        const string name = "Max open files";
        var line = lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
