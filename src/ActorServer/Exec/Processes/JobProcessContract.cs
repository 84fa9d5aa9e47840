using ActorNet.Protocol;

namespace ActorNet.Server.Exec.Processes;

/// <summary>A command that passed <see cref="ExecPolicy"/>.</summary>
/// <param name="Argv">Program and arguments.</param>
/// <param name="Directory">Working directory, absolute.</param>
/// <param name="TimeLimit">When it is killed.</param>
public sealed record Command(IReadOnlyList<string> Argv, string Directory, TimeSpan TimeLimit);

/// <summary>The two streams a process writes.</summary>
public enum OutputStream
{
    Stdout,
    Stderr,
}

/// <summary>How a process ended: by an exit code or by a signal (its number), and how long after its start.</summary>
public sealed record ProcessExit(int? ExitCode, int? Signal, TimeSpan Duration);

/// <summary>What came of starting a command.</summary>
public abstract record LaunchOutcome;

/// <summary>It runs.</summary>
public sealed record Launched(IJobProcess Process) : LaunchOutcome;

/// <summary>It does not, and why.</summary>
public sealed record LaunchRefused(ErrorCode Code, string Message) : LaunchOutcome;

/// <summary>Starts processes. The tests of actors have one without any.</summary>
public interface IProcessLauncher
{
    /// <summary>Starts a command without blocking the caller. Expected failures are answers, not exceptions.</summary>
    Task<LaunchOutcome> LaunchAsync(Command command);
}

/// <summary>One running process and its pipes. At most one read per stream and one write at a time.</summary>
public interface IJobProcess : IDisposable
{
    /// <summary>Number of the process, and of its group and session.</summary>
    int Pid { get; }

    /// <summary>
    /// Completes when the process itself has ended; what was left of its group has been sent KILL by then.
    /// </summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Reads what is there, or waits for it; 0 at the end of the stream.</summary>
    ValueTask<int> ReadAsync(OutputStream stream, Memory<byte> buffer);

    /// <summary>
    /// Writes all of it to stdin; waits while the pipe is full. Fails when nobody can read it any more.
    /// </summary>
    ValueTask WriteInputAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends stdin.</summary>
    void CloseInput();

    /// <summary>Sends a signal to the process group; false when the process has ended.</summary>
    bool Signal(int signal);
}
