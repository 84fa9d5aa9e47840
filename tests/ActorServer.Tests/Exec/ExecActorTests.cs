using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Exec;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>Limits and the stop of all jobs, with processes that do what the test says.</summary>
public sealed class ExecActorTests : TestKit
{
    private readonly TestProbe _seen;
    private readonly TestProbe _channel;
    private readonly TestProbe _audit;
    private readonly List<FakeProcess> _processes = [];
    private readonly IActorRef _exec;

    public ExecActorTests()
    {
        (_seen, _channel, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _exec = Sys.ActorOf(ExecActor.Props(ExecTestSettings.Small, new FakeLauncher(_ => Task.FromResult<LaunchOutcome>(Launch()))));
    }

    [Fact]
    public void Jobs_are_numbered_and_live_below_exec()
    {
        Assert.Equal("j-1", Start("conn-1").JobId);
        var second = Start("conn-1");

        Assert.Equal(("j-2", "job-2"), (second.JobId, second.Job.Path.Name));
        Assert.Equal(_exec.Path, second.Job.Path.Parent);
    }

    [Fact]
    public void A_connection_has_no_more_jobs_than_its_limit_and_another_one_still_gets_some()
    {
        for (var i = 0; i < ExecTestSettings.Small.MaxJobsPerConnection; i++) Start("conn-1");

        Tell("conn-1");

        var refused = _channel.ExpectMsg<CommandRefused>();
        Assert.Equal(ErrorCode.TooMany, refused.Code);
        Assert.Contains("max-jobs-per-connection", refused.Message, StringComparison.Ordinal);
        var end = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("exec.end", "too-many", "conn-1"), (end.Act, end.Outcome, end.Connection));
        Start("conn-2");
    }

    [Fact]
    public void The_node_has_no_more_jobs_than_its_limit()
    {
        for (var i = 0; i < ExecTestSettings.Small.MaxJobs; i++) Start($"conn-{i}");

        Tell("conn-99");

        Assert.Equal(ErrorCode.TooMany, _channel.ExpectMsg<CommandRefused>().Code);
    }

    [Fact]
    public void A_job_that_is_kept_without_its_client_counts_until_it_ends()
    {
        var exec = Sys.ActorOf(ExecActor.Props(
            ExecTestSettings.Small with { OnRevoke = OnRevoke.Keep, MaxJobs = 1 },
            new FakeLauncher(_ => Task.FromResult<LaunchOutcome>(Launch()))));
        var start = new StartCommand(
            new Command(["cat"], "/", TimeSpan.FromMinutes(1)), new AuditTrail(_audit, "conn-1", 3, "alice", "192.0.2.1:5"));
        var gone = CreateTestProbe();
        exec.Tell(start, gone);
        var job = gone.ExpectMsg<CommandStarted>().Job;
        job.Tell(RightLost.Instance);
        Sys.Stop(gone);
        _seen.FishForMessage(message => message is FakeProcess.InputClosed);

        exec.Tell(start, _channel);
        Assert.Equal(ErrorCode.TooMany, _channel.ExpectMsg<CommandRefused>().Code);

        Watch(job);
        End(_processes[0]);
        ExpectTerminated(job);
        AwaitAssert(() =>
        {
            exec.Tell(start, _channel);
            _channel.ExpectMsg<CommandStarted>();
        });
    }

    [Fact]
    public void A_job_that_ended_makes_room()
    {
        for (var i = 0; i < ExecTestSettings.Small.MaxJobsPerConnection - 1; i++) Start("conn-1");
        var last = Start("conn-1");
        Watch(last.Job);

        End(_processes[^1]);

        _channel.ExpectMsg<JobEnded>();
        ExpectTerminated(last.Job);
        AwaitAssert(() => Start("conn-1"));
    }

    [Fact]
    public void A_job_that_fails_takes_no_other_with_it()
    {
        var first = Start("conn-1");
        var second = Start("conn-1");
        Watch(first.Job);

        EventFilter.Exception<ActorKilledException>().ExpectOne(() => first.Job.Tell(Akka.Actor.Kill.Instance));

        ExpectTerminated(first.Job);
        second.Job.Tell(new SignalJob(10));
        _seen.FishForMessage(message => message is FakeProcess.Signalled { Signal: 10 });
    }

    [Fact]
    public void Stop_kills_every_job_and_answers_when_the_last_is_gone()
    {
        Start("conn-1");
        Start("conn-2");

        _exec.Tell(StopJobs.Instance, TestActor);

        Assert.Equal([UnixSignal.Terminate, UnixSignal.Terminate], _seen.ReceiveN(2).Cast<FakeProcess.Signalled>().Select(s => s.Signal));
        End(_processes[0]);
        Assert.Equal(ExecEndReason.Stopped, _channel.ExpectMsg<JobEnded>().End.Reason);
        Tell("conn-3");
        Assert.Equal(ErrorCode.Unavailable, _channel.ExpectMsg<CommandRefused>().Code);
        Assert.False(HasMessages);
        End(_processes[1]);
        ExpectMsg<JobsStopped>();
    }

    [Fact]
    public void Stop_without_jobs_answers_at_once()
    {
        _exec.Tell(StopJobs.Instance, TestActor);

        ExpectMsg<JobsStopped>();
    }

    private static void End(FakeProcess process)
    {
        process.CloseOutputs();
        process.Exit(code: 0);
    }

    private Launched Launch()
    {
        var process = new FakeProcess(_seen);
        _processes.Add(process);
        return new Launched(process);
    }

    private CommandStarted Start(string connection)
    {
        Tell(connection);
        return _channel.ExpectMsg<CommandStarted>();
    }

    private void Tell(string connection) =>
        _exec.Tell(
            new StartCommand(
                new Command(["cat"], "/", TimeSpan.FromMinutes(1)), new AuditTrail(_audit, connection, 3, "alice", "192.0.2.1:5")),
            _channel);
}
