using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>A FramingActor between a transport, a parent and channels that are all probes.</summary>
internal sealed class FramingBench
{
    private readonly TestKitBase _kit;

    public FramingBench(TestKitBase kit, ConnectionSettings? settings = null, bool loggedIn = true)
    {
        _kit = kit;
        Transport = new FakeTransport(kit);
        Parent = kit.CreateTestProbe();
        var transport = Transport.Ref;
        var limits = settings ?? TestLimits.Connection;
        Actor = Parent.ChildActorOf(Props.Create(() => new FramingActor(transport, limits)));
        Transport.ExpectRegistered();
        if (loggedIn) Parent.Send(Actor, LiftLoginLimits.Instance);
    }

    public FakeTransport Transport { get; }

    public TestProbe Parent { get; }

    public IActorRef Actor { get; }

    /// <summary>A channel whose actor is a probe; opened unless told otherwise.</summary>
    public TestProbe Route(uint id, bool opened = true, ChannelWindow? window = null)
    {
        var channel = _kit.CreateTestProbe();
        Parent.Send(Actor, new RouteChannel(id, channel.Ref, window ?? TestLimits.Window));
        channel.ExpectMsg<StartChannel>();
        if (!opened) return channel;
        channel.Send(Actor, new SendFrames(id, [new ChannelOpened(64 * 1024).ToFrame(id)]));
        Transport.ExpectFrame(FrameType.Opened);
        return channel;
    }

    public static Frame Data(uint channel, int size, byte fill = 7)
    {
        var bytes = new byte[size];
        Array.Fill(bytes, fill);
        return new Frame(FrameType.Data, channel, bytes);
    }

    public static Frame Close(uint channel) => new ChannelClosed().ToFrame(channel);

    public static Frame Eof(uint channel) => new(FrameType.Eof, channel, default);

    public static Frame Ping(params byte[] payload) => new(FrameType.Ping, 0, payload);
}
