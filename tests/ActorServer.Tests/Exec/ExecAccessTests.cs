using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using ActorNet.Server.Exec;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Exec;

/// <summary>Commands and rights: probes are the framing, ExecActor, the job and the audit.</summary>
public sealed class ExecAccessTests : TestKit
{
    private readonly TestProbe _framing;
    private readonly TestProbe _exec;
    private readonly TestProbe _job;
    private readonly TestProbe _audit;

    public ExecAccessTests() => (_framing, _exec, _job, _audit) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());

    [Theory]
    [InlineData("exec.run:ls", """{"argv":["ls","-l"]}""", true)]
    [InlineData("exec.run:ls", """{"argv":["/bin/ls"]}""", false)]
    [InlineData("exec.run:ls", """{"argv":["no-such-program"]}""", false)]
    [InlineData("exec.run", """{"argv":["no-such-program"]}""", true)]
    [InlineData("exec.run", """{"shell":"ls"}""", false)]
    [InlineData("exec.shell", """{"shell":"ls"}""", true)]
    [InlineData("exec.shell", """{"argv":["ls"]}""", false)]
    [InlineData("exec.*", """{"shell":"ls"}""", true)]
    [InlineData("file.*", """{"argv":["ls"]}""", false)]
    public void A_command_takes_the_right_to_its_program_or_to_the_shell(string right, string request, bool granted)
    {
        Open(request, new Rights([right], []));

        if (granted)
        {
            Write();
            Assert.Equal("alice", _exec.ExpectMsg<StartCommand>().Trail.Account);
        }
        else
        {
            Assert.Equal(ErrorCode.Forbidden, Refused().Code);
            Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
            Assert.False(_exec.HasMessages);
        }
    }

    [Fact]
    public void The_audit_has_the_program_and_its_arguments()
    {
        Open("""{"argv":["ls","-l","a b"],"cwd":"/tmp"}""", Rights.All);

        var noted = _audit.ExpectMsg<NoteFirst>().Event;

        Assert.Equal(("exec.run", "ok", "ls"), (noted.Act, noted.Outcome, noted.Subject));
        Assert.Equal([("channel", "1"), ("argv", "ls -l a b"), ("cwd", "/tmp")], noted.Details.Select(d => (d.Key, d.Value)));
    }

    [Fact]
    public void The_audit_has_the_line_given_to_the_shell()
    {
        Open("""{"shell":"ls | wc"}""", Rights.All);

        var noted = _audit.ExpectMsg<NoteFirst>().Event;

        Assert.Equal(("exec.shell", null), (noted.Act, noted.Subject));
        Assert.Equal([("channel", "1"), ("shell", "ls | wc")], noted.Details.Select(d => (d.Key, d.Value)));
    }

    [Fact]
    public void Of_a_very_long_command_the_audit_has_the_beginning()
    {
        var line = new string('x', 100_000);
        Open($$"""{"shell":"{{line}}"}""", Rights.All, ExecTestSettings.Small with { MaxCommandBytes = 200_000 });

        Assert.Equal(4097, _audit.ExpectMsg<NoteFirst>().Event.Details[1].Value.Length);
    }

    [Fact]
    public void A_senseless_request_is_that_to_everybody_and_no_matter_for_the_audit()
    {
        Open("""{"argv":["ls"],"shell":"ls"}""", Rights.None);

        Assert.Equal(ErrorCode.Invalid, Refused().Code);
        Assert.False(_audit.HasMessages);
    }

    [Fact]
    public void That_the_node_has_no_shell_is_for_who_may_use_it()
    {
        var settings = ExecTestSettings.Small with { Shell = [] };
        Open("""{"shell":"ls"}""", Rights.None, settings);
        Assert.DoesNotContain("no shell", Refused().Message, StringComparison.Ordinal);
        _audit.ExpectMsg<Note>();

        Open("""{"shell":"ls"}""", Rights.All, settings);
        Write();

        Assert.Contains("no shell", Refused().Message, StringComparison.Ordinal);
        var end = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("exec.end", "forbidden"), (end.Act, end.Outcome));
    }

    [Fact]
    public void The_right_that_is_taken_away_is_told_to_the_job_before_the_channel_closes()
    {
        var channel = Start();

        channel.Tell(new RightsChanged(new Rights(["exec.run:ls"], [])));

        _job.FishForMessage(message => message is RightLost);
        var frame = Single(FrameType.Close);
        Assert.Equal(
            new ChannelClosed(ErrorCode.Forbidden, "the right exec.run:cat was taken away"),
            ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed));
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_command_that_is_not_there_yet_is_not_started_for_who_lost_the_right()
    {
        var channel = Open("""{"argv":["cat"]}""", Rights.All);
        Write();
        _exec.ExpectMsg<StartCommand>();

        channel.Tell(new RightsChanged(Rights.None));

        Assert.Equal(ErrorCode.Forbidden, Refused().Code);
        // ExecActor's job watches the channel and ends with it.
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_change_that_leaves_the_right_leaves_the_command()
    {
        var channel = Start();

        channel.Tell(new RightsChanged(new Rights(["exec.run:cat"], [])));
        channel.Tell(new ChannelFrames([new Frame(FrameType.Eof, 1, default)]));

        _job.FishForMessage(message => message is EndInput);
        Assert.False(_job.HasMessages);
    }

    private IActorRef Start()
    {
        var channel = Open("""{"argv":["cat"]}""", Rights.All);
        Write();
        _exec.ExpectMsg<StartCommand>();
        channel.Tell(new CommandStarted(_job, "j-17", 4711), _job);
        Single(FrameType.Opened);
        return channel;
    }

    private IActorRef Open(string json, Rights rights, ExecSettings? settings = null)
    {
        var limits = new ChannelSettings(100, 64 * 1024, 64 * 1024, TimeSpan.FromSeconds(10));
        var open = new OpenChannel("exec", 1000, JsonDocument.Parse(json).RootElement);
        var context = new ChannelContext(1, _framing, "alice", "conn-1", open, ExecTestSettings.Small.Window, limits)
        {
            Rights = rights,
            Audit = _audit,
        };
        var channel = Watch(Sys.ActorOf(ExecService.Definition(_exec, settings ?? ExecTestSettings.Small).CreateChannel(context)));
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    private void Write() => _audit.Reply(new Noted(_audit.ExpectMsg<NoteFirst>().Tag));

    private ChannelRefused Refused() =>
        ProtocolJson.Decode(Single(FrameType.Refused).Payload, ProtocolJsonContext.Default.ChannelRefused);

    private Frame Single(FrameType type) => Assert.Single(
        ((SendFrames)_framing.FishForMessage(m => m is SendFrames { Frames.IsEmpty: false })).Frames, frame => frame.Type == type);
}
