using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Echo;
using ActorNet.Server.Tests.Access;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Echo;

public sealed class EchoChannelTests : ActorSpec
{
    private const uint Id = 3;

    private readonly TestProbe _framing;
    private IActorRef _channel = ActorRefs.Nobody;

    public EchoChannelTests() => _framing = CreateTestProbe();

    private void Open(uint window)
    {
        var context = new ChannelContext(
            Id, _framing.Ref, "alice", "conn-1", new OpenChannel("echo", window), TestLimits.Window, TestLimits.Channel)
        {
            Rights = Rights.All,
            Audit = Sys.ActorOf<AuditStub>(),
        };
        _channel = Watch(Sys.ActorOf(EchoService.Definition(new EchoSettings(TestLimits.Window)).CreateChannel(context)));
        _framing.Send(_channel, StartChannel.Instance);
        var opened = Assert.Single(_framing.ExpectMsg<SendFrames>().Frames);
        Assert.Equal(FrameType.Opened, opened.Type);
        Assert.Equal(
            (uint)TestLimits.Window.Initial, ProtocolJson.Decode(opened.Payload, ProtocolJsonContext.Default.ChannelOpened).Window);
    }

    private void Tell(params Frame[] frames) => _framing.Send(_channel, new ChannelFrames([.. frames]));

    private static byte[] Payload(SendFrames sent) =>
        [.. sent.Frames.Where(f => f.Type == FrameType.Data).SelectMany(f => f.Payload.ToArray())];

    private static Frame Data(params byte[] bytes) => new(FrameType.Data, Id, bytes);

    [Fact]
    public void What_comes_in_one_batch_goes_back_in_one_and_counts_as_consumed()
    {
        Open(window: 1000);
        Tell(Data(1, 2), Data(3), Data(4, 5, 6));
        var sent = _framing.ExpectMsg<SendFrames>();
        Assert.Equal([1, 2, 3, 4, 5, 6], Payload(sent));
        Assert.Equal(6, sent.Consumed);
    }

    [Fact]
    public void No_more_goes_back_than_the_client_granted_and_the_rest_is_not_consumed()
    {
        Open(window: 3);
        Tell(Data(1, 2), Data(3, 4), Data(5));
        var first = _framing.ExpectMsg<SendFrames>();
        Assert.Equal([1, 2, 3], Payload(first));
        Assert.Equal(3, first.Consumed);

        Tell(Data(6));
        Tell(WindowGrant.ToFrame(Id, 2));
        Assert.Equal([4, 5], Payload(_framing.ExpectMsg<SendFrames>()));
        Tell(WindowGrant.ToFrame(Id, 2));
        var last = _framing.ExpectMsg<SendFrames>();
        Assert.Equal([6], Payload(last));
        Assert.Equal(1, last.Consumed);
    }

    [Fact]
    public void Bytes_come_back_in_order_through_any_windows()
    {
        Open(window: 0);
        var random = new Random(7);
        var expected = new byte[50_000];
        random.NextBytes(expected);
        var returned = new List<byte>();
        for (var sent = 0; sent < expected.Length;)
        {
            var size = Math.Min(random.Next(1, 3000), expected.Length - sent);
            Tell(Data(expected[sent..(sent + size)]));
            sent += size;
            if (random.Next(3) == 0) Tell(WindowGrant.ToFrame(Id, (uint)random.Next(1, 2000)));
        }

        Tell(WindowGrant.ToFrame(Id, 100_000), FramingBench.Eof(Id));
        while (true)
        {
            var batch = _framing.ExpectMsg<SendFrames>();
            returned.AddRange(Payload(batch));
            if (batch.Frames.Any(f => f.Type == FrameType.Close)) break;
        }

        Assert.Equal(expected, returned);
    }

    [Fact]
    public void What_waits_does_not_hold_the_read_it_came_in()
    {
        Open(window: 0);
        var read = DeliverPieceOfLargeRead();
        Tell(FramingBench.Ping() with { Type = FrameType.Window, Channel = Id, Payload = new byte[] { 0, 0, 0, 1 } });
        _framing.ExpectMsg<SendFrames>();
        AwaitAssert(() =>
        {
            GC.Collect();
            Assert.False(read.IsAlive);
        });
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference DeliverPieceOfLargeRead()
    {
        var read = new byte[64 * 1024];
        Tell(Data(1, 2, 3) with { Payload = read.AsMemory(100, 3) });
        Settle(_channel);
        return new WeakReference(read);
    }

    [Fact]
    public void After_eof_and_the_last_byte_come_eof_and_close_and_the_actor_is_gone()
    {
        Open(window: 2);
        Tell(Data(1, 2, 3), FramingBench.Eof(Id));
        Assert.Equal([1, 2], Payload(_framing.ExpectMsg<SendFrames>()));
        Tell(WindowGrant.ToFrame(Id, 1));
        Assert.Equal([FrameType.Data, FrameType.Eof, FrameType.Close], _framing.ExpectMsg<SendFrames>().Frames.Select(f => f.Type));
        ExpectTerminated(_channel);
        Assert.False(_framing.HasMessages);
    }

    [Fact]
    public void An_empty_stream_ends_at_once()
    {
        Open(window: 0);
        Tell(FramingBench.Eof(Id));
        Assert.Equal([FrameType.Eof, FrameType.Close], _framing.ExpectMsg<SendFrames>().Frames.Select(f => f.Type));
        ExpectTerminated(_channel);
    }

    [Fact]
    public void A_drain_closes_an_echo_that_owes_nothing()
    {
        Open(window: 10);
        _framing.Send(_channel, Drain.Instance);
        var close = Assert.Single(_framing.ExpectMsg<SendFrames>().Frames);
        Assert.Equal(ErrorCode.Unavailable, ProtocolJson.Decode(close.Payload, ProtocolJsonContext.Default.ChannelClosed).Code);
        ExpectTerminated(_channel);
    }

    [Fact]
    public void A_drain_lets_what_is_owed_go_back_first()
    {
        Open(window: 1);
        Tell(Data(1, 2));
        _framing.ExpectMsg<SendFrames>();
        _framing.Send(_channel, Drain.Instance);
        Tell(WindowGrant.ToFrame(Id, 1));
        Assert.Equal([FrameType.Data, FrameType.Close], _framing.ExpectMsg<SendFrames>().Frames.Select(f => f.Type));
    }

    [Fact]
    public void A_message_has_no_meaning_here_and_closes_the_channel()
    {
        Open(window: 10);
        Tell(new Frame(FrameType.Message, Id, "{}"u8.ToArray()));
        var close = Assert.Single(_framing.ExpectMsg<SendFrames>().Frames);
        Assert.Equal(ErrorCode.ProtocolViolation, ProtocolJson.Decode(close.Payload, ProtocolJsonContext.Default.ChannelClosed).Code);
    }
}
