using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Exec;
using ActorNet.Server.Tests.Access;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>
/// The whole service on real programs, with the delivered dispatcher; the test is the framing and the client behind it.
/// </summary>
[Collection(ProcessRun.Collection)]
public sealed class CommandTests : TestKit
{
    private const int OutboundLimit = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestProbe _framing;
    private readonly ExecSettings _settings = ExecTestSettings.Small with
    {
        KillGrace = TimeSpan.FromMilliseconds(200),
        DrainTime = TimeSpan.FromMilliseconds(200),
    };

    private IActorRef _exec = ActorRefs.Nobody;
    private IActorRef _channel = ActorRefs.Nobody;
    private readonly Queue<Frame> _arrived = new();
    private CommandEnded? _lastEnd;

    public CommandTests() : base(ExecTestSettings.Delivered.WithFallback(DefaultConfig)) => _framing = CreateTestProbe();

    [Fact]
    public void A_command_runs_from_open_to_close()
    {
        Open("""{"argv":["sh","-c","cat; echo err >&2; exit 7"]}""");
        Receive(new Frame(FrameType.Data, 1, "in"u8.ToArray()), new Frame(FrameType.Eof, 1, default));

        var result = Finish();

        Assert.Equal(("in", "err\n"), (result.Stdout, result.Stderr));
        Assert.Equal((ExecEndReason.Exited, 7), (result.End.Reason, result.End.ExitCode));
    }

    [Fact]
    public void A_command_line_goes_through_the_shell()
    {
        Open("""{"shell":"echo a b | tr ' ' '-'"}""");

        Assert.Equal("a-b\n", Finish().Stdout);
    }

    [Fact]
    public void A_program_that_is_not_there_is_refused()
    {
        Open("""{"argv":["no-such-program-here"]}""");

        var refused = Next();

        Assert.Equal(FrameType.Refused, refused.Type);
        Assert.Equal(ErrorCode.NotFound, ProtocolJson.Decode(refused.Payload, ProtocolJsonContext.Default.ChannelRefused).Code);
    }

    [Fact]
    public void A_large_output_arrives_whole_through_a_small_window()
    {
        Open("""{"argv":["seq","1","100000"]}""", window: 5000);

        var expected = string.Concat(Enumerable.Range(1, 100_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n"));
        Assert.Equal(expected, Finish().Stdout);
    }

    [Fact]
    public void A_program_that_floods_is_held_up_by_a_client_that_does_not_read()
    {
        const int window = 10_000;
        Open("""{"argv":["yes"]}""", window);
        var pid = Started().Pid;
        var bytes = 0;
        while (bytes < window) bytes += Next().Payload.Length;

        // It sleeps in write: the state of the process, not a time, says so.
        AwaitCondition(() => IsSleeping(pid), Patience);

        Assert.Equal(window, bytes);
        Assert.False(_framing.HasMessages);
        Sys.Stop(_channel);
        AwaitCondition(() => ProcessRun.AliveInGroup(pid).Count == 0, Patience);
    }

    [Fact]
    public void When_the_channel_goes_the_whole_group_goes_even_if_it_ignores_term()
    {
        Open("""{"shell":"trap '' TERM; sleep 1000 & sh -c 'trap \"\" TERM; while :; do sleep 1000; done' & echo up; wait; wait"}""");
        var pid = Started().Pid;
        Assert.Equal("up\n", Text(Next()));
        Assert.True(ProcessRun.AliveInGroup(pid).Count >= 3);

        Receive(new ChannelClosed().ToFrame(1));

        AwaitCondition(() => ProcessRun.AliveInGroup(pid).Count == 0, Patience);
    }

    [Fact]
    public void A_command_is_killed_at_its_time_limit_and_says_so()
    {
        Open("""{"shell":"trap '' TERM; echo up; while :; do sleep 1000; done","timeout_ms":50}""");

        var end = Finish().End;

        Assert.Equal((ExecEndReason.Timeout, "KILL"), (end.Reason, end.Signal));
    }

    [Fact]
    public void A_signal_of_the_client_reaches_the_program()
    {
        Open("""{"shell":"trap 'echo got INT; exit 5' INT; echo up; while :; do read x; done"}""");
        Assert.Equal(FrameType.Opened, Next().Type);
        Assert.Equal("up\n", Text(Next()));

        Receive(new Frame(FrameType.Message, 1, """{"type":"signal","signal":"INT"}"""u8.ToArray()));

        var result = Finish();
        Assert.Equal(("got INT\n", 5), (result.Stdout, result.End.ExitCode));
    }

    [Fact]
    public void A_process_that_left_the_group_with_the_pipe_lives_on_and_does_not_hold_up_the_end()
    {
        Open("""{"shell":"setsid sleep 1000 & echo $!"}""");

        var result = Finish();

        Assert.Equal((ExecEndReason.Exited, 0), (result.End.Reason, result.End.ExitCode));
        using var escaped = Process.GetProcessById(int.Parse(result.Stdout, CultureInfo.InvariantCulture));
        escaped.Kill();
    }

    [Fact]
    public void Stopping_the_jobs_kills_programs_and_answers_when_they_are_gone()
    {
        Open("""{"argv":["sleep","1000"]}""");
        var pid = Started().Pid;

        _exec.Tell(StopJobs.Instance, TestActor);

        ExpectMsg<JobsStopped>(Patience);
        Assert.Empty(ProcessRun.AliveInGroup(pid));
        Assert.Equal((ExecEndReason.Stopped, "TERM"), (Finish().End.Reason, _lastEnd!.Signal));
    }

    [Fact]
    public void A_program_that_does_not_read_its_input_can_be_ended_all_the_same()
    {
        Open("""{"argv":["sleep","1000"]}""");
        Started();
        for (var i = 0; i < 200; i++) Receive(new Frame(FrameType.Data, 1, new byte[1024]));

        Receive(new Frame(FrameType.Message, 1, """{"type":"signal","signal":"TERM"}"""u8.ToArray()));

        Assert.Equal((ExecEndReason.Signalled, "TERM"), (Finish().End.Reason, _lastEnd!.Signal));
    }

    private void Open(string json, uint window = 1024 * 1024)
    {
        _exec = Sys.ActorOf(ExecActor.Props(_settings), "exec");
        _channel = Sys.ActorOf(ExecService.Definition(_exec, _settings).CreateChannel(new ChannelContext(
            1, _framing, "alice", "conn-1", new OpenChannel("exec", window, JsonDocument.Parse(json).RootElement),
            _settings.Window, new ChannelSettings(100, OutboundLimit, 64 * 1024, TimeSpan.FromSeconds(10)))
        {
            Rights = Rights.All,
            Audit = Sys.ActorOf<AuditStub>(),
        }));
        _channel.Tell(StartChannel.Instance);
    }

    private void Receive(params Frame[] frames) => _channel.Tell(new ChannelFrames([.. frames]));

    private ExecStarted Started()
    {
        var opened = ProtocolJson.Decode(Next().Payload, ProtocolJsonContext.Default.ChannelOpened);
        return ProtocolJson.Decode(opened.Result, ProtocolJsonContext.Default.ExecStarted);
    }

    private Frame Next()
    {
        while (_arrived.Count == 0)
        {
            var sent = _framing.ExpectMsg<SendFrames>(Patience);
            foreach (var frame in sent.Frames) _arrived.Enqueue(frame);
            if (sent.NotifyWhenFlushed) _channel.Tell(FramesFlushed.Instance);
        }

        return _arrived.Dequeue();
    }

    // A client that reads all and grants again what it has read.
    private Result Finish()
    {
        var outputs = new Dictionary<FrameType, StringBuilder> { [FrameType.Data] = new(), [FrameType.ExtendedData] = new() };
        while (true)
        {
            var frame = Next();
            if (outputs.TryGetValue(frame.Type, out var output)) output.Append(Text(frame));
            if (frame.Type == FrameType.Message)
                _lastEnd = (CommandEnded)ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ExecEvent);
            if (frame.Type == FrameType.Close) break;
            if (frame.WindowCost > 0) Receive(WindowGrant.ToFrame(1, (uint)frame.WindowCost));
        }

        return new Result(outputs[FrameType.Data].ToString(), outputs[FrameType.ExtendedData].ToString(), _lastEnd!);
    }

    private static bool IsSleeping(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2] == 'S';
    }

    private static string Text(Frame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    private sealed record Result(string Stdout, string Stderr, CommandEnded End);
}
