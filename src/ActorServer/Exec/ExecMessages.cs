using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Access;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Exec;

// Between ExecChannel (frames), ExecActor (limits) and JobActor (one process). "Watcher" is the actor that gets the
// output: the channel. Job and watcher end independently of each other, so what one tells the other may come too late;
// that is no dead letter worth a log line.

/// <summary>
/// Channel to ExecActor: start this. The sender becomes the watcher; the answer is <see cref="CommandStarted"/> or
/// <see cref="CommandRefused"/>.
/// </summary>
/// <param name="Command">What to start.</param>
/// <param name="Trail">Who asks and where, jobs being counted by the connection; and where the end of the command is written down.</param>
public sealed record StartCommand(Command Command, AuditTrail Trail)
{
    /// <summary>The audit's word for the end of a command, also of one that did not start.</summary>
    public const string EndAct = "exec.end";
}

/// <summary>JobActor to watcher: it runs. Everything after this goes to <paramref name="Job"/>.</summary>
public sealed record CommandStarted(IActorRef Job, string JobId, int Pid) : IDeadLetterSuppression;

/// <summary>ExecActor or JobActor to watcher: it does not run, and why.</summary>
public sealed record CommandRefused(ErrorCode Code, string Message) : IDeadLetterSuppression;

/// <summary>Watcher to job: for stdin. One at a time: the next one after <see cref="InputTaken"/>.</summary>
public sealed record WriteInput(ReadOnlyMemory<byte> Bytes) : IDeadLetterSuppression;

/// <summary>
/// Job to watcher: the pipe has taken so many bytes, or they were dropped because nobody can read them any more.
/// </summary>
public sealed record InputTaken(int Bytes) : IDeadLetterSuppression;

/// <summary>Watcher to job: end stdin.</summary>
public sealed record EndInput : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly EndInput Instance = new();
}

/// <summary>
/// Watcher to job: so many more bytes of output, of both streams together, may come. Without it the job does not read
/// its pipes.
/// </summary>
public sealed record TakeOutput(int Bytes) : IDeadLetterSuppression;

/// <summary>
/// Job to watcher: a piece of output, never changed afterwards. While the process runs, no more than was asked for;
/// when it has ended, all that was left in the pipes, right before <see cref="JobEnded"/>.
/// </summary>
public sealed record CommandOutput(OutputStream Stream, ReadOnlyMemory<byte> Bytes) : IDeadLetterSuppression;

/// <summary>Watcher to job: a signal for the process group, by its number.</summary>
public sealed record SignalJob(int Signal) : IDeadLetterSuppression;

/// <summary>Watcher to job: the right to run this was taken away. What follows is for <c>exec.on-revoke</c> to say.</summary>
public sealed record RightLost : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly RightLost Instance = new();
}

/// <summary>Job to watcher: the process is gone and all its output was told. The job's last message.</summary>
public sealed record JobEnded(CommandEnded End) : IDeadLetterSuppression;

/// <summary>
/// Node to ExecActor: kill all jobs, start none; answered by <see cref="JobsStopped"/> when the last one is gone.
/// </summary>
public sealed record StopJobs
{
    /// <summary>The only instance.</summary>
    public static readonly StopJobs Instance = new();
}

/// <summary>Answer to <see cref="StopJobs"/>.</summary>
public sealed record JobsStopped
{
    /// <summary>The only instance.</summary>
    public static readonly JobsStopped Instance = new();
}

/// <summary>ExecActor to job: the node is stopping; kill the process.</summary>
public sealed record StopJob : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly StopJob Instance = new();
}
