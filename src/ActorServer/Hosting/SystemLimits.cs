using System.Globalization;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Hosting;

/// <summary>Brings settings that the system does not grant down to what it does, and says so.</summary>
internal static class SystemLimits
{
    /// <summary>Settings that this system can serve, and what differs from those asked for.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="descriptors">Files and sockets the process may have open, or null when that is not known.</param>
    /// <param name="backlog">Connections the kernel queues, or null when that is not known.</param>
    public static (ServerSettings Settings, IReadOnlyList<string> Warnings) Fit(ServerSettings settings, long? descriptors, int? backlog)
    {
        var warnings = new List<string>();
        var wanted = settings.Admission.MaxConnections;
        var possible = Connections(descriptors);
        if (possible < wanted)
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"actornet.admission.max-connections is {wanted}, but this process may open {descriptors} files: {possible} "
                + $"connections are taken. Raise it with ulimit -n {(long)wanted + DescriptorLimit.Reserve} (LimitNOFILE= in a systemd unit)."));
        foreach (var listener in settings.Listeners.Where(listener => backlog < listener.Backlog))
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"actornet.listeners.{listener.Name}.backlog is {listener.Backlog}, but the kernel queues {backlog}: "
                + $"a burst of connections may wait for seconds. Raise it with sysctl net.core.somaxconn={listener.Backlog}."));
        var admission = settings.Admission with { MaxConnections = Math.Min(wanted, possible) };
        return (settings with { Admission = admission }, warnings);
    }

    // Above the limit, Akka.IO's accept loop spins until the process dies.
    private static int Connections(long? descriptors) => descriptors is { } most
        ? (int)Math.Clamp(most - DescriptorLimit.Reserve, 1, int.MaxValue)
        : int.MaxValue;
}
