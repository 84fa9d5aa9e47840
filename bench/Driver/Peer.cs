using System.Diagnostics;
using System.Globalization;

namespace ActorNet.Bench;

/// <summary>A server under test: a process of our own, its port, and what it costs.</summary>
internal abstract class Peer(string name, Process process, bool isTls) : IDisposable
{
    private static readonly double TicksPerSecond = 100;

    /// <summary>The name in the tables.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the bytes go through TLS.</summary>
    public bool IsTls => isTls;

    /// <summary>Where it listens, on loopback.</summary>
    public abstract int Port { get; }

    /// <summary>CPU time the process has used, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
    }

    /// <summary>Resident memory of the process, in KiB.</summary>
    public long ResidentKib => long.Parse(
        File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ')[^2],
        CultureInfo.InvariantCulture);

    /// <summary>Makes a connection ready for DATA on channel 1: logs in and opens a channel, where the peer knows such things.</summary>
    public abstract uint Prepare(Wire wire);

    public virtual void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Starts <c>dotnet ASSEMBLY ARGUMENTS</c>.</summary>
    protected static Process StartDotnet(string assembly, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
