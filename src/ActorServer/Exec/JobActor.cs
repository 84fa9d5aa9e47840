using System.Globalization;
using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Exec;

/// <summary>
/// Owns one process, apart from any connection; child of ExecActor. Its watcher, a channel, asks for output, feeds
/// stdin and signals. Ends when the process is gone and its output told. The process is killed (TERM, a grace, KILL, to
/// the whole group) at its time limit, when the node stops, and when the watcher is gone; at once, or not at all, when the
/// right to it was taken away.
/// </summary>
public sealed class JobActor : ReceiveActor, IWithTimers
{
    // What a pipe may hold at most (fs.pipe-max-size) and so what a process that has ended may have left of each
    // stream. More than that comes from somebody who outlived it.
    private const int MostLeftInPipe = 1024 * 1024;

    private readonly ILoggingAdapter _log = Context.ServerLog();
    private readonly string _jobId;
    private readonly StartCommand _start;
    private readonly ExecSettings _settings;
    private readonly JobOutput _stdout = new(OutputStream.Stdout);
    private readonly JobOutput _stderr = new(OutputStream.Stderr);
    private readonly Task<LaunchOutcome> _launch;
    private IActorRef? _watcher;
    private IJobProcess? _process;
    private ProcessExit? _exit;
    private ExecEndReason? _killedFor;
    private bool _isKilling;
    private bool _inputBroken;
    private int _wanted;
    private long _bytesOut;
    private string? _cutOffBy; // for the audit, when it was not the process itself that ended
    private bool _isEndNoted;

    public JobActor(
        string jobId, StartCommand start, IActorRef watcher, IProcessLauncher launcher, ExecSettings settings)
    {
        (_jobId, _start, _settings) = (jobId, start, settings);
        _watcher = Context.Watch(watcher);
        _launch = launcher.LaunchAsync(start.Command);
        _launch.PipeTo(Self, failure: e => new LaunchFailed(e));
        Starting();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(
        string jobId, StartCommand start, IActorRef watcher, IProcessLauncher launcher, ExecSettings settings) =>
        Akka.Actor.Props.Create(() => new JobActor(jobId, start, watcher, launcher, settings));

    private void Starting()
    {
        Receive<Launched>(HandleLaunched);
        Receive<LaunchRefused>(message => EndUnstarted(message.Code, message.Message));
        Receive<LaunchFailed>(HandleLaunchFailed);
        Receive<StopJob>(_ => Kill(ExecEndReason.Stopped));
        Receive<Terminated>(_ => Abandon());
    }

    private void Running()
    {
        Receive<TakeOutput>(HandleTakeOutput);
        Receive<OutputRead>(HandleOutputRead);
        Receive<WriteInput>(HandleWriteInput);
        Receive<InputWritten>(HandleInputWritten);
        Receive<EndInput>(_ => _process!.CloseInput());
        Receive<SignalJob>(message => _process!.Signal(message.Signal));
        Receive<ProcessExit>(HandleProcessExit);
        Receive<RightLost>(_ => HandleRightLost());
        Receive<TimeLimitReached>(_ => Kill(ExecEndReason.Timeout));
        Receive<GraceOver>(_ => HandleGraceOver());
        Receive<DrainTimeOver>(_ => HandleDrainTimeOver());
        Receive<StopJob>(_ => Kill(ExecEndReason.Stopped));
        Receive<Terminated>(_ => Abandon());
    }

    private void HandleLaunched(Launched message)
    {
        _process = message.Process;
        _log.Debug(
            "Job {Job} runs as process {Pid} for {Account} on {Connection}",
            _jobId, _process.Pid, _start.Trail.Account, _start.Trail.Connection);
        Become(Running);
        _process.Exited.PipeTo(Self);
        Timers.StartSingleTimer(nameof(TimeLimitReached), TimeLimitReached.Instance, _start.Command.TimeLimit);
        if (_isKilling) Terminate();
        _watcher?.Tell(new CommandStarted(Self, _jobId, _process.Pid));
        PumpBoth();
    }

    private void HandleLaunchFailed(LaunchFailed message)
    {
        _log.Error(message.Cause, "Job {Job} could not be started", _jobId);
        EndUnstarted(ErrorCode.Internal, "the command could not be started");
    }

    private void HandleTakeOutput(TakeOutput message)
    {
        _wanted += message.Bytes;
        PumpBoth();
    }

    private void HandleOutputRead(OutputRead message)
    {
        message.Output.Completed(message.Count);
        _bytesOut += message.Count;
        Pump(message.Output);
        FinishIfDone();
    }

    private void HandleWriteInput(WriteInput message)
    {
        if (_inputBroken || _exit is not null)
        {
            Sender.Tell(new InputTaken(message.Bytes.Length));
            return;
        }

        var written = new InputWritten(Sender, message.Bytes.Length, null);
        var write = _process!.WriteInputAsync(message.Bytes);
        if (write.IsCompletedSuccessfully) HandleInputWritten(written);
        else write.AsTask().PipeTo(Self, success: () => written, failure: e => written with { Failure = e });
    }

    // Nobody reads stdin any more: the rest is dropped, as a pipe in a shell does, and the client's window does not
    // fill up.
    private void HandleInputWritten(InputWritten message)
    {
        _inputBroken |= message.Failure is not null;
        message.Writer.Tell(new InputTaken(message.Count));
    }

    // No grace for who is no longer trusted: a program that ignores TERM would outlive the right.
    private void HandleRightLost()
    {
        if (_settings.OnRevoke == OnRevoke.Keep)
        {
            if (_watcher is not null) Context.Unwatch(_watcher);
            LoseWatcher();
            DiscardOutput();
        }
        else if (_exit is null)
        {
            _isKilling = true;
            _cutOffBy = ErrorCode.Forbidden.ToWire();
            _process!.Signal(UnixSignal.Kill);
        }
    }

    private void HandleProcessExit(ProcessExit message)
    {
        _exit = message;
        Timers.CancelAll();
        if (message is { ExitCode: null, Signal: null })
            _log.Warning(
                "Job {Job}: how process {Pid} ended is not known; was the node started with SIGCHLD ignored?",
                _jobId, _process!.Pid);
        Timers.StartSingleTimer(nameof(DrainTimeOver), DrainTimeOver.Instance, _settings.DrainTime);
        PumpBoth();
        FinishIfDone();
    }

    private void HandleGraceOver()
    {
        _log.Info("Job {Job} did not end {Seconds} s after TERM and gets KILL", _jobId, _settings.KillGrace.TotalSeconds);
        _process!.Signal(UnixSignal.Kill);
    }

    private void HandleDrainTimeOver()
    {
        _log.Info(
            "Job {Job} has ended, but somebody outside its process group holds its output open; that is not waited for",
            _jobId);
        Finish();
    }

    private void Kill(ExecEndReason reason)
    {
        if (_isKilling || _exit is not null) return;
        _killedFor = reason;
        _cutOffBy = (reason == ExecEndReason.Timeout ? ErrorCode.Timeout : ErrorCode.Unavailable).ToWire();
        Terminate();
    }

    private void Abandon()
    {
        LoseWatcher();
        if (!_isKilling && _exit is null)
        {
            _cutOffBy = AuditTrail.Cancelled;
            Terminate();
        }

        DiscardOutput();
    }

    private void LoseWatcher()
    {
        _watcher = null;
        _process?.CloseInput();
    }

    // Nobody wants the output any more, but a program that runs on, or tidies up after TERM, must not hang on a full pipe.
    private void DiscardOutput()
    {
        if (_process is null) return;
        PumpBoth();
        FinishIfDone();
    }

    private void Terminate()
    {
        _isKilling = true;
        if (_process is null) return;
        Timers.StartSingleTimer(nameof(GraceOver), GraceOver.Instance, _settings.KillGrace);
        _process.Signal(UnixSignal.Terminate);
    }

    private void PumpBoth()
    {
        Pump(_stdout);
        Pump(_stderr);
    }

    private void Pump(JobOutput output)
    {
        if (_watcher is null) output.Discard();
        Tell(output, _wanted);
        if (!output.IsReading && !output.IsEnded && MayRead(output)) Read(output);
    }

    // While the process runs, reading waits for the watcher, and the program for us. When it has ended, what is left is
    // bounded.
    private bool MayRead(JobOutput output) =>
        _watcher is null || (_exit is null ? _wanted > 0 && output.Waiting == 0 : output.Waiting < MostLeftInPipe);

    // The result comes as a message even when it is there already: other messages get their turn.
    private void Read(JobOutput output)
    {
        var read = _process!.ReadAsync(output.Stream, output.StartReading());
        if (read.IsCompletedSuccessfully) Self.Tell(new OutputRead(output, read.Result));
        else read.AsTask().PipeTo(
            Self, success: count => new OutputRead(output, count), failure: _ => new OutputRead(output, 0));
    }

    private void Tell(JobOutput output, int limit)
    {
        while (output.Take(limit) is { IsEmpty: false } piece)
        {
            _watcher?.Tell(new CommandOutput(output.Stream, piece));
            limit -= piece.Length;
            _wanted = Math.Max(0, _wanted - piece.Length);
        }
    }

    private void FinishIfDone()
    {
        if (_exit is not null && (_watcher is null || (HasAll(_stdout) && HasAll(_stderr)))) Finish();
    }

    private static bool HasAll(JobOutput output) => output.IsEnded || output.Waiting >= MostLeftInPipe;

    private void Finish()
    {
        var exit = _exit!;
        Tell(_stdout, int.MaxValue);
        Tell(_stderr, int.MaxValue);
        var reason = _killedFor ?? (exit.Signal is null ? ExecEndReason.Exited : ExecEndReason.Signalled);
        var signal = exit.Signal is { } number ? UnixSignal.NameOf(number) : null;
        var end = new CommandEnded(reason, (long)exit.Duration.TotalMilliseconds, exit.ExitCode, signal);
        _log.Debug("Job {Job} ended: {End}", _jobId, end);
        NoteEnd(
            _cutOffBy ?? AuditEvent.Ok,
            signal is null ? KeyValuePair.Create("exit_code", $"{exit.ExitCode}") : KeyValuePair.Create("signal", signal),
            KeyValuePair.Create("seconds", exit.Duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
            KeyValuePair.Create("bytes_out", $"{_bytesOut}"));
        _watcher?.Tell(new JobEnded(end));
        Context.Stop(Self);
    }

    private void EndUnstarted(ErrorCode code, string message)
    {
        NoteEnd(code.ToWire());
        _watcher?.Tell(new CommandRefused(code, message));
        _watcher = null;
        Context.Stop(Self);
    }

    private void NoteEnd(string outcome, params ReadOnlySpan<KeyValuePair<string, string>> details)
    {
        if (_isEndNoted) return;
        _isEndNoted = true;
        _start.Trail.Note(StartCommand.EndAct, outcome, _start.Command.Argv[0], [KeyValuePair.Create("job", _jobId), .. details]);
    }

    protected override void PostStop()
    {
        NoteEnd(ErrorCode.Unavailable.ToWire());
        if (_process is not null) Release(_process);
        else AbandonLaunch();
        base.PostStop();
    }

    private void AbandonLaunch()
    {
        _watcher?.Tell(new CommandRefused(ErrorCode.Unavailable, "the node gave up starting the command"));
        _launch.ContinueWith(
            static launch =>
            {
                if (launch.Result is Launched { Process: var process }) Release(process);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    // Stopped before its process: by a fault, or with the whole actor system.
    private static void Release(IJobProcess process)
    {
        process.Signal(UnixSignal.Kill);
        process.Dispose();
    }

    private sealed record LaunchFailed(Exception Cause);

    // Both may come after the end: somebody outside held the pipe, or nobody waited for the rest.
    private sealed record OutputRead(JobOutput Output, int Count) : IDeadLetterSuppression;

    private sealed record InputWritten(IActorRef Writer, int Count, Exception? Failure) : IDeadLetterSuppression;

    private sealed record TimeLimitReached
    {
        public static readonly TimeLimitReached Instance = new();
    }

    private sealed record GraceOver
    {
        public static readonly GraceOver Instance = new();
    }

    private sealed record DrainTimeOver
    {
        public static readonly DrainTimeOver Instance = new();
    }
}
