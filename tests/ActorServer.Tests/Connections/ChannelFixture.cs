using System.Text;
using System.Text.Json;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>
/// A channel between two probes: one stands for framing, one for the service behind it. Time is the test's.
/// </summary>
public abstract class ChannelFixture() : Akka.TestKit.Xunit2.TestKit(Config)
{
    protected const uint Id = 7;
    protected static readonly ChannelWindow Window = new(1000, 1000);

    // A channel that fails is stopped, as its connection would; the tests own the clock.
    private const string Config = """
        akka.loglevel = ERROR
        akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        """;

    protected TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    protected static ChannelSettings Limits(int outbound = 1 << 20, int push = 1 << 20) =>
        new(16, outbound, push, TimeSpan.FromSeconds(10));

    protected static Frame Text(FrameType type, string text) => new(type, Id, Encoding.UTF8.GetBytes(text));

    protected static ChannelFrames Frames(params Frame[] frames) => new([.. frames]);

    protected static Frame Grant(uint bytes) => WindowGrant.ToFrame(Id, bytes);

    protected static string TextOf(Frame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    protected static ChannelClosed ClosedOf(Frame frame)
    {
        Assert.Equal(FrameType.Close, frame.Type);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed);
    }

    /// <summary>A channel that has been told to start but has not answered yet.</summary>
    private protected (IActorRef Channel, TestProbe Framing, TestProbe Service) Start(
        uint window = 1000, ChannelSettings? limits = null, string? parameters = null)
    {
        var (framing, service) = (CreateTestProbe(), CreateTestProbe());
        var open = new OpenChannel("test", window, parameters is null ? null : JsonElement.Parse(parameters));
        var context = new ChannelContext(Id, framing, "alice", "conn-1", open, Window, limits ?? Limits()) { Access = ServiceAccess.Everybody };
        var channel = Sys.ActorOf(Props.Create(() => new ScriptedChannel(context, service)));
        Watch(channel);
        channel.Tell(StartChannel.Instance);
        service.ExpectMsg("start");
        return (channel, framing, service);
    }

    /// <summary>A channel that has said OPENED.</summary>
    private protected (IActorRef Channel, TestProbe Framing, TestProbe Service) Open(
        uint window = 1000, ChannelSettings? limits = null)
    {
        var channel = Start(window, limits);
        Run(channel.Channel, c => c.SayOpened());
        Assert.Equal(FrameType.Opened, Assert.Single(channel.Framing.ExpectMsg<SendFrames>().Frames).Type);
        return channel;
    }

    /// <summary>Runs an action inside the channel, as the handling of one message.</summary>
    private protected static void Run(IActorRef channel, Action<ScriptedChannel> action) =>
        channel.Tell(new ScriptedChannel.Script(action));

    /// <summary>The next batch, which is one frame.</summary>
    protected static Frame ExpectFrame(TestProbe framing) => Assert.Single(framing.ExpectMsg<SendFrames>().Frames);

    /// <summary>
    /// Everything before this is handled, and framing was told nothing of it that it has not been asked about.
    /// </summary>
    protected static void ExpectNothingSent(IActorRef channel, TestProbe framing, TestProbe service)
    {
        Run(channel, c => c.Report("marker"));
        service.ExpectMsg("marker");
        Assert.False(framing.HasMessages);
    }
}
