using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using Akka.Actor;
using Akka.IO;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>A probe in the place of Akka.IO's connection actor: bytes in by hand, frames out of the writes it gets, acked one by one.</summary>
internal sealed class FakeTransport
{
    private readonly FrameReader _reader = new(ProtocolLimits.MaxPayload);
    private readonly Queue<Frame> _frames = new();

    public FakeTransport(TestKitBase kit) => Probe = kit.CreateTestProbe();

    public TestProbe Probe { get; }

    public IActorRef Ref => Probe.Ref;

    /// <summary>Who registered; known after <see cref="ExpectRegistered"/>.</summary>
    public IActorRef Handler { get; private set; } = ActorRefs.Nobody;

    public IActorRef ExpectRegistered()
    {
        var register = Probe.ExpectMsg<Tcp.Register>();
        Assert.True(register.KeepOpenOnPeerClosed);
        Probe.ExpectMsg<Tcp.ResumeReading>();
        return Handler = register.Handler;
    }

    /// <summary>The same for a RefusalActor, which writes before it reads.</summary>
    public void ExpectRegisteredForRefusal() => Handler = Probe.ExpectMsg<Tcp.Register>().Handler;

    public void Deliver(ReadOnlyMemory<byte> bytes) => Probe.Send(Handler, new Tcp.Received(ByteString.FromBytes(bytes.ToArray())));

    public void Deliver(params Frame[] frames) => Deliver(frames.SelectMany(f => FrameWriter.ToArray(f)).ToArray());

    public void DeliverPeerClosed() => Probe.Send(Handler, Tcp.PeerClosed.Instance);

    public void Ack(Tcp.Write write) => Probe.Send(Handler, write.Ack);

    /// <summary>The next write, whatever is asked besides; its frames are in <see cref="Decode"/>.</summary>
    public Tcp.Write ExpectWrite() => (Tcp.Write)Probe.FishForMessage(message => message is Tcp.Write);

    public IReadOnlyList<Frame> Decode(Tcp.Write write)
    {
        var frames = new List<Frame>();
        // A copy: after the Ack the bytes are the sender's again.
        _reader.Read(write.Data.ToArray(), frames);
        return frames;
    }

    /// <summary>The next frame out, acking the writes it takes; between writes only ResumeReading may come.</summary>
    public Frame ExpectFrame()
    {
        while (_frames.Count == 0)
        {
            var write = ExpectWrite();
            foreach (var frame in Decode(write)) _frames.Enqueue(frame);
            Ack(write);
        }

        return _frames.Dequeue();
    }

    public Frame ExpectFrame(FrameType type)
    {
        var frame = ExpectFrame();
        Assert.Equal(type, frame.Type);
        return frame;
    }

    /// <summary>The GOODBYE, then the close protocol's ConfirmedClose.</summary>
    public ErrorCode? ExpectGoodbye()
    {
        var goodbye = ActorNet.Protocol.Json.ProtocolJson.Decode(
            ExpectFrame(FrameType.Goodbye).Payload, ActorNet.Protocol.Json.ProtocolJsonContext.Default.Goodbye);
        Probe.FishForMessage(message => message is Tcp.ConfirmedClose);
        return goodbye.Code;
    }

    /// <summary>The peer has closed as well: the transport's last word.</summary>
    public void Closed() => Probe.Send(Handler, Tcp.ConfirmedClosed.Instance);
}
