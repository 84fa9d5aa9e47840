using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Exec;
using ActorNet.Server.Exec.Processes;
using ActorNet.Server.Tests.Access;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>The adapter alone: one probe is the framing, one ExecActor, one the job.</summary>
public sealed class ExecChannelTests : TestKit
{
    private const int OutboundLimit = 256 * 1024;
    private readonly TestProbe _framing;
    private readonly TestProbe _exec;
    private readonly TestProbe _job;

    public ExecChannelTests()
        : base(ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")) =>
        (_framing, _exec, _job) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());

    [Fact]
    public void A_request_becomes_a_command_of_this_account_and_connection()
    {
        Open("""{"argv":["ls","-l"],"cwd":"/tmp","timeout_ms":500}""");

        var start = _exec.ExpectMsg<StartCommand>();

        Assert.Equal(("alice", "conn-1"), (start.Trail.Account, start.Trail.Connection));
        Assert.Equal(["ls", "-l"], start.Command.Argv);
        Assert.Equal(("/tmp", TimeSpan.FromMilliseconds(500)), (start.Command.Directory, start.Command.TimeLimit));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"argv":["ls"],"shell":"ls"}""")]
    [InlineData("""{"argv":"ls"}""")]
    [InlineData("""{"argv":["a\u0000b"]}""")]
    [InlineData("""{"argv":[null]}""")]
    public void A_senseless_request_is_refused_and_never_reaches_exec(string json)
    {
        var channel = Open(json);

        var refused = JsonOf(Single(Sent(), FrameType.Refused), ProtocolJsonContext.Default.ChannelRefused);

        Assert.Equal(ErrorCode.Invalid, refused.Code);
        Watch(channel);
        ExpectTerminated(channel);
        Assert.False(_exec.HasMessages);
    }

    [Fact]
    public void A_refusal_of_exec_is_passed_on_with_its_code()
    {
        Open("""{"argv":["nope"]}""");
        _exec.ExpectMsg<StartCommand>();

        _exec.Reply(new CommandRefused(ErrorCode.NotFound, "there is no program 'nope'"));

        var refused = JsonOf(Single(Sent(), FrameType.Refused), ProtocolJsonContext.Default.ChannelRefused);
        Assert.Equal(new ChannelRefused(ErrorCode.NotFound, "there is no program 'nope'"), refused);
    }

    [Fact]
    public void Opened_names_the_job_and_asks_for_what_the_window_holds()
    {
        Start(window: 1000);

        Assert.Equal(1000, _job.ExpectMsg<TakeOutput>().Bytes);
    }

    [Fact]
    public void Never_more_output_is_asked_for_than_may_wait_for_the_socket()
    {
        Start(window: 100_000_000);

        Assert.Equal(OutboundLimit, _job.ExpectMsg<TakeOutput>().Bytes);
    }

    [Fact]
    public void Stdout_and_stderr_become_data_and_extended_data()
    {
        var channel = Start();

        Tell(channel, OutputStream.Stdout, "out");
        Tell(channel, OutputStream.Stderr, "err");

        Assert.Equal("out", Text(Single(Sent(), FrameType.Data)));
        Assert.Equal("err", Text(Single(Sent(), FrameType.ExtendedData)));
    }

    [Fact]
    public void More_is_asked_for_when_the_client_grants_it_and_never_twice()
    {
        var channel = Start(window: 10);
        Assert.Equal(10, _job.ExpectMsg<TakeOutput>().Bytes);
        Tell(channel, OutputStream.Stdout, "0123456789");
        Sent();

        Receive(channel, WindowGrant.ToFrame(1, 7));

        Assert.Equal(7, _job.ExpectMsg<TakeOutput>().Bytes);
        Tell(channel, OutputStream.Stdout, "abc");
        Sent();
        // Four of the seven are still asked for.
        Receive(channel, WindowGrant.ToFrame(1, 100_000));
        Assert.Equal(100_000, _job.ExpectMsg<TakeOutput>().Bytes);
    }

    [Fact]
    public void The_last_output_waits_for_the_window_and_the_end_comes_after_its_last_byte()
    {
        var channel = Start(window: 4);
        channel.Tell(new CommandOutput(OutputStream.Stdout, "012345"u8.ToArray()), _job);
        channel.Tell(new CommandOutput(OutputStream.Stderr, "ab"u8.ToArray()), _job);
        channel.Tell(new JobEnded(new CommandEnded(ExecEndReason.Exited, 12, 7)), _job);
        Assert.Equal("0123", Text(Single(Sent(), FrameType.Data)));

        Receive(channel, WindowGrant.ToFrame(1, 3));

        var frames = Sent();
        Assert.Equal(["45", "a"], frames.Select(Text));
        Assert.Equal([FrameType.Data, FrameType.ExtendedData], frames.Select(f => f.Type));

        // A byte short of what the message takes: nothing but the output.
        var end = ProtocolJson.Encode(new CommandEnded(ExecEndReason.Exited, 12, 7), ProtocolJsonContext.Default.ExecEvent);
        Receive(channel, WindowGrant.ToFrame(1, (uint)end.Length));
        Assert.Equal("b", Text(Assert.Single(Sent())));
        // However long the client takes: it reads slowly, and is no slow consumer of messages.
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromHours(1));

        Receive(channel, WindowGrant.ToFrame(1, 1));
        frames = Sent();
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], frames.Select(f => f.Type));
        Assert.Equal("""{"type":"ended","reason":"exited","duration_ms":12,"exit_code":7}""", Text(frames[0]));
        Assert.Equal("{}", Text(frames[2]));
    }

    [Fact]
    public void Stdin_is_given_to_the_job_one_write_at_a_time_and_pieces_that_wait_are_joined()
    {
        var channel = Start();
        foreach (var piece in new[] { "a", "b", "c", "d" }) Receive(channel, Data(piece));

        Assert.Equal("a", Text(Expect<WriteInput>(_job).Bytes));
        channel.Tell(new InputTaken(1), _job);

        Assert.Equal("bcd", Text(Expect<WriteInput>(_job).Bytes));
    }

    [Fact]
    public void Stdin_is_granted_again_only_when_the_program_has_taken_it()
    {
        var channel = Start();
        Receive(channel, Data("abc"));
        Expect<WriteInput>(_job);
        // A marker behind the data: had it been granted on arrival, that would come first.
        Tell(channel, OutputStream.Stdout, "x");
        Assert.Equal(0, _framing.ExpectMsg<SendFrames>().Consumed);

        channel.Tell(new InputTaken(3), _job);

        Assert.Equal(3, _framing.ExpectMsg<SendFrames>().Consumed);
    }

    [Fact]
    public void Eof_ends_stdin_after_all_that_came_before_it()
    {
        var channel = Start();
        Receive(channel, Data("a"), Data("b"), new Frame(FrameType.Eof, 1, default));

        Assert.Equal("a", Text(Expect<WriteInput>(_job).Bytes));
        channel.Tell(new InputTaken(1), _job);
        Assert.Equal("b", Text(Expect<WriteInput>(_job).Bytes));
        channel.Tell(new InputTaken(1), _job);
        Expect<EndInput>(_job);
    }

    [Theory]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    [InlineData("HUP", 1)]
    [InlineData("QUIT", 3)]
    [InlineData("USR1", 10)]
    [InlineData("USR2", 12)]
    [InlineData("KILL", 9)]
    public void A_signal_goes_to_the_job_by_its_number(string name, int number)
    {
        var channel = Start();

        Receive(channel, Message($$"""{"type":"signal","signal":"{{name}}"}"""));

        Assert.Equal(number, Expect<SignalJob>(_job).Signal);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("SIGTERM")]
    [InlineData("9")]
    public void Another_signal_closes_the_channel_as_invalid(string name)
    {
        var channel = Start();

        Receive(channel, Message($$"""{"type":"signal","signal":"{{name}}"}"""));

        Assert.Equal(ErrorCode.Invalid, JsonOf(Single(Sent(), FrameType.Close), ProtocolJsonContext.Default.ChannelClosed).Code);
    }

    [Fact]
    public void A_job_that_is_lost_closes_the_channel_as_internal()
    {
        Start();

        Sys.Stop(_job);

        Assert.Equal(ErrorCode.Internal, JsonOf(Single(Sent(), FrameType.Close), ProtocolJsonContext.Default.ChannelClosed).Code);
    }

    [Fact]
    public void A_node_that_drains_lets_the_command_go_on()
    {
        var channel = Start();

        channel.Tell(Drain.Instance);
        Tell(channel, OutputStream.Stdout, "still here");

        Assert.Equal("still here", Text(Assert.Single(Sent())));
    }

    [Fact]
    public void Input_after_the_end_is_dropped_and_granted_again()
    {
        var channel = Start(window: 1);
        Receive(channel, Data("a"), Data("bc"));
        channel.Tell(new JobEnded(new CommandEnded(ExecEndReason.Exited, 1, 0)), _job);
        Assert.Equal(2, _framing.ExpectMsg<SendFrames>().Consumed);

        Receive(channel, Data("defg"));

        Assert.Equal(4, _framing.ExpectMsg<SendFrames>().Consumed);
    }

    private IActorRef Open(string json, uint window = 1024 * 1024)
    {
        var context = new ChannelContext(
            1, _framing, "alice", "conn-1", new OpenChannel("exec", window, JsonDocument.Parse(json).RootElement),
            ExecTestSettings.Small.Window, new ChannelSettings(100, OutboundLimit, 64 * 1024, TimeSpan.FromSeconds(10)))
        {
            Rights = Rights.All,
            Audit = Sys.ActorOf<AuditStub>(),
        };
        var definition = ExecService.Definition(_exec, ExecTestSettings.Small);
        var channel = Sys.ActorOf(definition.CreateChannel(context));
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    private IActorRef Start(uint window = 1024 * 1024)
    {
        var channel = Open("""{"argv":["cat"]}""", window);
        _exec.ExpectMsg<StartCommand>();
        channel.Tell(new CommandStarted(_job, "j-17", 4711), _job);
        var opened = JsonOf(Single(Sent(), FrameType.Opened), ProtocolJsonContext.Default.ChannelOpened);
        Assert.Equal("""{"job":"j-17","pid":4711}""", opened.Result!.Value.GetRawText());
        Assert.Equal(64u * 1024, opened.Window);
        return channel;
    }

    private void Tell(IActorRef channel, OutputStream stream, string text) =>
        channel.Tell(new CommandOutput(stream, Encoding.UTF8.GetBytes(text)), _job);

    private static void Receive(IActorRef channel, params Frame[] frames) => channel.Tell(new ChannelFrames([.. frames]));

    // The next message to the job of this kind; requests for output come in between.
    private static T Expect<T>(TestProbe job) => (T)job.FishForMessage(message => message is T);

    private Frame[] Sent() => [.. ((SendFrames)_framing.FishForMessage(m => m is SendFrames { Frames.IsEmpty: false })).Frames];

    private static Frame Single(Frame[] frames, FrameType type) => Assert.Single(frames, f => f.Type == type);

    private static T JsonOf<T>(Frame frame, JsonTypeInfo<T> type) =>
        ProtocolJson.Decode(frame.Payload, type);

    private static Frame Data(string text) => new(FrameType.Data, 1, Encoding.UTF8.GetBytes(text));

    private static Frame Message(string json) => new(FrameType.Message, 1, Encoding.UTF8.GetBytes(json));

    private static string Text(Frame frame) => Text(frame.Payload);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
