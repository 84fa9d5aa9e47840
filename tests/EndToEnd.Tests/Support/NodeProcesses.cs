using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>
/// The processes that commands of one node have started, and theirs in turn: known by a variable in their environment,
/// which follows them wherever they go.
/// </summary>
internal sealed partial class NodeProcesses
{
    private const string Variable = "E2E_NODE";
    private const long PidfdOpen = 434;
    private const short PollIn = 1;
    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>What gives the node's commands their variable.</summary>
    public string Setting => $"actornet.exec.env.{Variable}={_mark}";

    /// <summary>Those that are alive.</summary>
    public IReadOnlyList<int> Alive() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsMarked(pid)),
    ];

    /// <summary>Waits until all but some have ended; the ids of those that have not in time.</summary>
    public async Task<IReadOnlyList<int>> SurvivorsAsync(TimeSpan patience, params IReadOnlyCollection<int> except)
    {
        var clock = Stopwatch.StartNew();
        var alive = Others();
        while (alive.Count > 0 && clock.Elapsed < patience)
        {
            foreach (var pid in alive) await EndAsync(pid, patience - clock.Elapsed);
            alive = Others();
        }

        return alive;

        IReadOnlyList<int> Others() => [.. Alive().Except(except)];
    }

    // The kernel makes a process's descriptor readable at its end, whoever started it, and before it is reaped.
    private static Task EndAsync(int pid, TimeSpan patience) => Task.Factory.StartNew(
        () =>
        {
            var descriptor = (int)Syscall(PidfdOpen, pid, 0);
            if (descriptor < 0) return;
            var poll = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
            // Below zero would be for ever.
            _ = Poll(ref poll, 1, Math.Max(0, (int)patience.TotalMilliseconds));
            _ = Close(descriptor);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // A process that is dead and waits to be reaped has no environment any more.
    private bool IsMarked(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ"))
                .Contains($"{Variable}={_mark}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Syscall(long number, long pid, long flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
