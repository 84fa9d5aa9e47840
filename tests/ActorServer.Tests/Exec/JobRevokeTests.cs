using ActorNet.Protocol;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Exec;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>What becomes of a job when the right to it goes, and what the audit has of its end.</summary>
public sealed class JobRevokeTests : TestKit
{
    private static readonly Command Cat = new(["cat"], "/", TimeSpan.FromMinutes(3));
    private readonly TestProbe _watcher;
    private readonly TestProbe _seen;
    private readonly TestProbe _audit;
    private readonly FakeProcess _process;

    public JobRevokeTests()
        : base(ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        (_watcher, _seen, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _process = new FakeProcess(_seen);
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Kill_is_sent_at_once_and_without_grace()
    {
        var job = Start(OnRevoke.Kill);

        job.Tell(RightLost.Instance);
        Sys.Stop(_watcher);

        Assert.Equal(UnixSignal.Kill, Seen<FakeProcess.Signalled>().Signal);
        Seen<FakeProcess.InputClosed>();
        _process.Exit(code: null, signal: UnixSignal.Kill);
        Assert.Equal(("forbidden", "KILL"), (End().Outcome, Detail("signal")));
        ExpectTerminated(job);
    }

    [Fact]
    public void A_job_that_is_kept_runs_to_its_end_without_its_client_and_its_output_is_dropped()
    {
        var job = Start(OnRevoke.Keep);

        job.Tell(RightLost.Instance);
        Sys.Stop(_watcher);

        Seen<FakeProcess.InputClosed>();
        _process.Write(OutputStream.Stdout, new byte[10]);
        Seen<FakeProcess.ReadStarted>();
        Clock.Advance(TimeSpan.FromMinutes(2));
        _process.CloseOutputs();
        _process.Exit(code: 3);
        Assert.Equal(("ok", "3", "10"), (End().Outcome, Detail("exit_code"), Detail("bytes_out")));
        ExpectTerminated(job);
        Assert.DoesNotContain(_seen.ReceiveWhile<object>(TimeSpan.Zero, x => x), x => x is FakeProcess.Signalled);
    }

    [Fact]
    public void A_job_that_is_kept_ends_at_its_time_limit()
    {
        var job = Start(OnRevoke.Keep);
        job.Tell(RightLost.Instance);
        Sys.Stop(_watcher);
        Seen<FakeProcess.InputClosed>();

        Clock.Advance(Cat.TimeLimit);

        Assert.Equal(UnixSignal.Terminate, Seen<FakeProcess.Signalled>().Signal);
        _process.Exit(code: null, signal: UnixSignal.Terminate);
        Assert.Equal("timeout", End().Outcome);
    }

    [Fact]
    public void A_job_that_is_kept_ends_with_the_node()
    {
        var job = Start(OnRevoke.Keep);
        job.Tell(RightLost.Instance);
        Sys.Stop(_watcher);
        Seen<FakeProcess.InputClosed>();

        job.Tell(StopJob.Instance);

        Assert.Equal(UnixSignal.Terminate, Seen<FakeProcess.Signalled>().Signal);
    }

    [Fact]
    public void The_end_of_a_command_is_in_the_audit_with_what_it_came_to()
    {
        Start(OnRevoke.Kill);
        _process.CloseOutputs();
        _process.Exit(code: 0);

        var end = End();

        Assert.Equal(("ok", "cat", "conn-1", "alice"), (end.Outcome, end.Subject, end.Connection, end.Account));
        Assert.Equal(
            [("channel", "3"), ("job", "j-1"), ("exit_code", "0"), ("seconds", "0.012"), ("bytes_out", "0")],
            end.Details.Select(detail => (detail.Key, detail.Value)));
    }

    [Fact]
    public void A_command_whose_client_went_away_was_cancelled()
    {
        Start(OnRevoke.Kill);
        Sys.Stop(_watcher);
        Seen<FakeProcess.Signalled>();
        _process.Exit(code: 0);

        Assert.Equal("cancelled", End().Outcome);
    }

    [Fact]
    public void A_command_that_did_not_start_ended_with_that()
    {
        Create(OnRevoke.Kill, new LaunchRefused(ErrorCode.NotFound, "no"));

        Assert.Equal("not-found", End().Outcome);
    }

    [Fact]
    public void A_job_that_is_cut_off_has_an_end_too()
    {
        Sys.Stop(Start(OnRevoke.Kill));

        Assert.Equal("unavailable", End().Outcome);
    }

    private AuditEvent _end = new("", "");

    private AuditEvent End()
    {
        _end = _audit.ExpectMsg<Note>().Event;
        Assert.Equal("exec.end", _end.Act);
        return _end;
    }

    private string? Detail(string name) => _end.Details.FirstOrDefault(detail => detail.Key == name).Value;

    private T Seen<T>() => (T)_seen.FishForMessage(message => message is T);

    private IActorRef Start(OnRevoke onRevoke)
    {
        var job = Watch(Create(onRevoke, new Launched(_process)));
        _watcher.ExpectMsg<CommandStarted>();
        return job;
    }

    private IActorRef Create(OnRevoke onRevoke, LaunchOutcome outcome) => Sys.ActorOf(JobActor.Props(
        "j-1", new StartCommand(Cat, new AuditTrail(_audit, "conn-1", 3, "alice", "192.0.2.1:5")), _watcher,
        new FakeLauncher(_ => Task.FromResult(outcome)), ExecTestSettings.Small with { OnRevoke = onRevoke }));
}
