using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Access;
using ActorNet.Server.Exec;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>One job with a process that does what the test says, on a clock that the test moves.</summary>
public sealed class JobActorTests : TestKit
{
    private static readonly ExecSettings Settings = ExecTestSettings.Small;
    private static readonly Command Cat = new(["cat"], "/", TimeSpan.FromMinutes(3));
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly TestProbe _watcher;
    private readonly TestProbe _seen;
    private readonly TestProbe _audit;
    private readonly FakeProcess _process;

    public JobActorTests()
        : base(ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        (_watcher, _seen, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _process = new FakeProcess(_seen);
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_started_command_is_told_with_its_job_and_process()
    {
        var job = Create(new Launched(_process));

        Assert.Equal(new CommandStarted(job, "j-1", 4711), _watcher.ExpectMsg<CommandStarted>());
    }

    [Fact]
    public void A_refused_start_is_told_and_ends_the_job()
    {
        var job = Create(new LaunchRefused(ErrorCode.NotFound, "no"));

        Assert.Equal(new CommandRefused(ErrorCode.NotFound, "no"), _watcher.ExpectMsg<CommandRefused>());
        Watch(job);
        ExpectTerminated(job);
    }

    [Fact]
    public void A_start_that_throws_is_logged_and_refused_as_internal()
    {
        EventFilter.Exception<InvalidOperationException>().ExpectOne(
            () => Create(Task.FromException<LaunchOutcome>(new InvalidOperationException("boom"))));

        Assert.Equal(ErrorCode.Internal, _watcher.ExpectMsg<CommandRefused>().Code);
    }

    [Fact]
    public void The_pipes_are_not_read_before_somebody_wants_output()
    {
        var job = Start();
        job.Tell(new SignalJob(10), _watcher);
        Assert.IsType<FakeProcess.Signalled>(_seen.ReceiveOne());

        job.Tell(new TakeOutput(1), _watcher);

        Assert.IsType<FakeProcess.ReadStarted>(_seen.ReceiveOne());
    }

    [Fact]
    public void No_more_is_told_than_was_asked_for_and_reading_stops_there()
    {
        var job = Start();
        _process.Write(OutputStream.Stdout, "0123456789"u8.ToArray());
        job.Tell(new TakeOutput(4), _watcher);
        Assert.Equal("0123"u8.ToArray(), _watcher.ExpectMsg<CommandOutput>().Bytes.ToArray());

        job.Tell(new TakeOutput(3), _watcher);

        Assert.Equal("456"u8.ToArray(), _watcher.ExpectMsg<CommandOutput>().Bytes.ToArray());
        // One read of each stream; the second one of stdout would come before the signal.
        job.Tell(new SignalJob(10), _watcher);
        Assert.Equal(
            [
                new FakeProcess.ReadStarted(OutputStream.Stdout), new FakeProcess.ReadStarted(OutputStream.Stderr),
                new FakeProcess.Signalled(10),
            ],
            _seen.ReceiveN(3));
    }

    [Fact]
    public void A_quiet_stream_does_not_keep_the_other_from_being_read()
    {
        var job = Start();
        job.Tell(new TakeOutput(1), _watcher);

        _process.Write(OutputStream.Stderr, "e"u8.ToArray());

        Assert.Equal(OutputStream.Stderr, _watcher.ExpectMsg<CommandOutput>().Stream);
    }

    [Fact]
    public void The_end_is_told_once_after_all_output_even_if_less_was_asked_for()
    {
        var job = Start();
        Watch(job);
        _process.Write(OutputStream.Stdout, new byte[100_000]);
        _process.Write(OutputStream.Stderr, new byte[5]);
        _process.CloseOutputs();

        _process.Exit(code: 7);

        var told = new Dictionary<OutputStream, int>();
        JobEnded? end = null;
        while (end is null)
        {
            var message = _watcher.ExpectMsg<object>();
            if (message is CommandOutput output) told[output.Stream] = told.GetValueOrDefault(output.Stream) + output.Bytes.Length;
            end = message as JobEnded;
        }

        Assert.Equal((100_000, 5), (told[OutputStream.Stdout], told[OutputStream.Stderr]));
        Assert.Equal(new CommandEnded(ExecEndReason.Exited, 12, ExitCode: 7), end.End);
        ExpectTerminated(job);
        _seen.FishForMessage(message => message is FakeProcess.Disposed);
    }

    [Fact]
    public void A_signal_of_its_own_is_told_by_name()
    {
        Start();
        _process.CloseOutputs();

        _process.Exit(code: null, signal: 11);

        Assert.Equal(new CommandEnded(ExecEndReason.Signalled, 12, Signal: "SEGV"), _watcher.ExpectMsg<JobEnded>().End);
    }

    [Fact]
    public void An_end_does_not_wait_longer_than_the_drain_time_for_somebody_who_holds_the_pipes()
    {
        var job = Start();
        _process.Write(OutputStream.Stdout, "last words"u8.ToArray());
        job.Tell(new TakeOutput(100), _watcher);
        Assert.Equal("last words"u8.ToArray(), _watcher.ExpectMsg<CommandOutput>().Bytes.ToArray());
        _process.Exit(code: 0);
        Sync(job);
        Clock.Advance(Settings.DrainTime - Tick);
        Sync(job);
        Assert.False(_watcher.HasMessages);

        Clock.Advance(Tick);

        Assert.Equal(ExecEndReason.Exited, _watcher.ExpectMsg<JobEnded>().End.Reason);
    }

    [Fact]
    public void Somebody_who_outlives_the_process_and_floods_is_not_read_without_bound()
    {
        Start();
        _process.Write(OutputStream.Stdout, new byte[3 * 1024 * 1024]);
        _process.Write(OutputStream.Stderr, new byte[3 * 1024 * 1024]);

        _process.Exit(code: 0);

        var bytes = 0;
        while (_watcher.ExpectMsg<object>() is CommandOutput output) bytes += output.Bytes.Length;
        Assert.InRange(bytes, 2 * 1024 * 1024, 2 * 1024 * 1024 + 2 * JobOutput.LargeBuffer);
    }

    [Fact]
    public void Stdin_is_acknowledged_when_the_program_has_taken_it()
    {
        var job = Start();
        _process.InputGate = new TaskCompletionSource();
        job.Tell(new WriteInput("abc"u8.ToArray()), _watcher);
        Assert.Equal("abc"u8.ToArray(), _seen.ExpectMsg<FakeProcess.InputWritten>().Bytes);
        Sync(job);
        Assert.False(_watcher.HasMessages);

        _process.InputGate.SetResult();

        Assert.Equal(3, _watcher.ExpectMsg<InputTaken>().Bytes);
    }

    [Fact]
    public void Stdin_that_nobody_reads_any_more_is_dropped_and_acknowledged()
    {
        var job = Start();
        _process.InputGate = new TaskCompletionSource();
        job.Tell(new WriteInput(new byte[3]), _watcher);
        _process.InputGate.SetException(new IOException("broken pipe"));
        Assert.Equal(3, _watcher.ExpectMsg<InputTaken>().Bytes);
        _seen.ExpectMsg<FakeProcess.InputWritten>();

        job.Tell(new WriteInput(new byte[4]), _watcher);

        Assert.Equal(4, _watcher.ExpectMsg<InputTaken>().Bytes);
        Assert.False(_seen.HasMessages);
    }

    [Fact]
    public void End_of_input_closes_stdin()
    {
        Start().Tell(EndInput.Instance, _watcher);

        _seen.ExpectMsg<FakeProcess.InputClosed>();
    }

    [Fact]
    public void At_the_time_limit_the_group_gets_term_and_after_the_grace_kill()
    {
        var job = Start();
        Clock.Advance(Cat.TimeLimit - Tick);
        Sync(job);
        Clock.Advance(Tick);
        Assert.Equal(UnixSignal.Terminate, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        Clock.Advance(Settings.KillGrace - Tick);
        Sync(job);

        Clock.Advance(Tick);

        Assert.Equal(UnixSignal.Kill, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        _process.CloseOutputs();
        _process.Exit(code: null, signal: UnixSignal.Kill);
        Assert.Equal(new CommandEnded(ExecEndReason.Timeout, 12, Signal: "KILL"), _watcher.ExpectMsg<JobEnded>().End);
    }

    [Fact]
    public void A_program_that_ends_in_the_grace_is_not_sent_kill()
    {
        var job = Start();
        job.Tell(StopJob.Instance);
        Assert.Equal(UnixSignal.Terminate, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        _process.CloseOutputs();

        _process.Exit(code: 0);

        Assert.Equal(new CommandEnded(ExecEndReason.Stopped, 12, ExitCode: 0), _watcher.ExpectMsg<JobEnded>().End);
    }

    [Fact]
    public void The_first_reason_to_kill_stands_and_term_is_sent_once()
    {
        var job = Start();
        job.Tell(StopJob.Instance);
        _seen.ExpectMsg<FakeProcess.Signalled>();
        Clock.Advance(Cat.TimeLimit);
        Assert.Equal(UnixSignal.Kill, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        _process.CloseOutputs();

        _process.Exit(code: null, signal: UnixSignal.Kill);

        Assert.Equal(ExecEndReason.Stopped, _watcher.ExpectMsg<JobEnded>().End.Reason);
    }

    [Fact]
    public void When_the_channel_is_gone_stdin_ends_the_group_gets_term_and_then_kill()
    {
        var job = Start();
        Watch(job);

        Sys.Stop(_watcher);

        _seen.FishForMessage(message => message is FakeProcess.InputClosed);
        Assert.Equal(UnixSignal.Terminate, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        // Output is read and dropped, or a program that tidies up could hang on a full pipe.
        _process.Write(OutputStream.Stdout, new byte[10]);
        _seen.FishForMessage(message => message is FakeProcess.ReadStarted { Stream: OutputStream.Stdout });
        _seen.FishForMessage(message => message is FakeProcess.ReadStarted { Stream: OutputStream.Stdout });
        Clock.Advance(Settings.KillGrace);
        _seen.FishForMessage(message => message is FakeProcess.Signalled { Signal: UnixSignal.Kill });
        _process.Exit(code: null, signal: UnixSignal.Kill);
        ExpectTerminated(job);
    }

    [Fact]
    public void A_channel_that_is_gone_before_the_process_is_there_ends_it_all_the_same()
    {
        var launch = new TaskCompletionSource<LaunchOutcome>();
        var job = Create(launch.Task);
        Watch(_watcher);
        Sys.Stop(_watcher);
        ExpectTerminated(_watcher);

        launch.SetResult(new Launched(_process));

        _seen.FishForMessage(message => message is FakeProcess.Signalled { Signal: UnixSignal.Terminate });
        Watch(job);
        _process.Exit(code: null, signal: UnixSignal.Terminate);
        ExpectTerminated(job);
    }

    [Fact]
    public void A_job_that_is_stopped_kills_its_process()
    {
        var job = Start();

        Sys.Stop(job);

        Assert.Equal(UnixSignal.Kill, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        _seen.ExpectMsg<FakeProcess.Disposed>();
    }

    [Fact]
    public void A_process_that_comes_after_its_job_was_stopped_is_killed()
    {
        var launch = new TaskCompletionSource<LaunchOutcome>();
        var job = Create(launch.Task);
        Watch(job);
        Sys.Stop(job);
        ExpectTerminated(job);

        Assert.Equal(ErrorCode.Unavailable, _watcher.ExpectMsg<CommandRefused>().Code);
        launch.SetResult(new Launched(_process));

        Assert.Equal(UnixSignal.Kill, _seen.ExpectMsg<FakeProcess.Signalled>().Signal);
        _seen.ExpectMsg<FakeProcess.Disposed>();
    }

    private IActorRef Start()
    {
        var job = Create(new Launched(_process));
        _watcher.ExpectMsg<CommandStarted>();
        return job;
    }

    // All that was told to the job before this has been dealt with.
    private void Sync(IActorRef job) => job.Ask<ActorIdentity>(new Identify(null)).GetAwaiter().GetResult();

    private IActorRef Create(LaunchOutcome outcome) => Create(Task.FromResult(outcome));

    private IActorRef Create(Task<LaunchOutcome> launch) => Sys.ActorOf(JobActor.Props(
        "j-1", new StartCommand(Cat, new AuditTrail(_audit, "conn-1", 3, "alice", "192.0.2.1:5")), _watcher, new FakeLauncher(_ => launch), Settings));
}
