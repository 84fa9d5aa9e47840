using System.Collections.Immutable;
using System.Text;
using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Tests.Exec;

/// <summary>Runs real processes on the calling thread and collects what they say.</summary>
internal static class ProcessRun
{
    /// <summary>
    /// Tests with real processes run one after the other: some count what the whole process has open.
    /// </summary>
    public const string Collection = "processes";

    public static readonly ImmutableSortedDictionary<string, string> Environment = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal,
        [KeyValuePair.Create("PATH", "/usr/local/bin:/usr/bin:/bin"), KeyValuePair.Create("LANG", "C.UTF-8")]);

    public static LaunchOutcome TryStart(params string[] argv) => TryStartIn("/", argv);

    public static LaunchOutcome TryStartIn(string directory, params string[] argv) =>
        new ProcessLauncher(Environment, static action => action()).Launch(new Command(argv, directory, TimeSpan.FromMinutes(1)));

    public static IJobProcess Start(params string[] argv) => Assert.IsType<Launched>(TryStart(argv)).Process;

    public static IJobProcess StartShell(string line) => Start("/bin/sh", "-c", line);

    /// <summary>Runs to the end: both streams to their end, then the process.</summary>
    public static async Task<Finished> RunAsync(params string[] argv)
    {
        using var process = Start(argv);
        process.CloseInput();
        return await FinishAsync(process);
    }

    public static Task<Finished> RunShellAsync(string line) => RunAsync("/bin/sh", "-c", line);

    public static async Task<Finished> FinishAsync(IJobProcess process)
    {
        var stdout = ReadAllAsync(process, OutputStream.Stdout);
        var stderr = ReadAllAsync(process, OutputStream.Stderr);
        return new Finished(await process.Exited, await stdout, await stderr);
    }

    public static async Task<byte[]> ReadAllAsync(IJobProcess process, OutputStream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await process.ReadAsync(stream, buffer)) > 0;) all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>Reads stdout up to and without the next newline, byte by byte: nothing after it is taken.</summary>
    public static async Task<string> ReadLineAsync(IJobProcess process)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await process.ReadAsync(OutputStream.Stdout, one) == 1 && one[0] != '\n') line.Add(one[0]);
        return Encoding.UTF8.GetString([.. line]);
    }

    /// <summary>
    /// Processes that are alive in the group: not gone, and not dead and waiting for whoever reaps them.
    /// </summary>
    public static IReadOnlyList<int> AliveInGroup(int group) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)).Where(pid => GroupOf(pid) == group),
    ];

    private static int? GroupOf(int pid)
    {
        try
        {
            // pid (name) state parent group …; a name may contain anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal sealed record Finished(ProcessExit Exit, byte[] StdoutBytes, byte[] StderrBytes)
    {
        public string Stdout => Encoding.UTF8.GetString(StdoutBytes);

        public string Stderr => Encoding.UTF8.GetString(StderrBytes);
    }
}
