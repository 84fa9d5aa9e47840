using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class FramingActorChannelTests : ActorSpec
{
    [Fact]
    public void A_number_is_free_when_both_sides_have_closed()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Transport.Deliver(FramingBench.Close(1));
        channel.ExpectMsg<ChannelFrames>();
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)]));
        Assert.Equal(1u, bench.Parent.ExpectMsg<ChannelEnded>().Channel);
        bench.Transport.ExpectFrame(FrameType.Close);
        bench.Route(1);
    }

    [Fact]
    public void A_number_is_free_before_the_open_that_follows_the_close_in_the_same_read()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)]));
        bench.Transport.ExpectFrame(FrameType.Close);
        bench.Transport.Deliver(FramingBench.Close(1), new OpenChannel("echo", 1).ToFrame(1));
        bench.Parent.ExpectMsg<ChannelEnded>();
        bench.Parent.ExpectMsg<ConnectionFrames>();
        Assert.False(channel.HasMessages);
    }

    [Fact]
    public void What_comes_after_this_sides_close_is_dropped_and_still_bounded_by_the_window()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)]));
        bench.Transport.ExpectFrame(FrameType.Close);
        bench.Transport.Deliver(FramingBench.Data(1, TestLimits.Window.Initial));
        Settle(bench.Actor);
        Assert.False(channel.HasMessages);
        bench.Transport.Deliver(FramingBench.Data(1, 1));
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Parent.ExpectMsg<PeerFailed>().Code);
    }

    [Fact]
    public void Consumed_bytes_are_granted_again_once_half_the_window_is_dealt_with()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1, window: new ChannelWindow(64 * 1024, 64 * 1024));
        bench.Transport.Deliver(FramingBench.Data(1, 40_000));
        channel.ExpectMsg<ChannelFrames>();
        channel.Send(bench.Actor, new SendFrames(1, [], 32 * 1024 - 1));
        Settle(bench.Actor);
        channel.Send(bench.Actor, new SendFrames(1, [], 1));
        Assert.Equal(32u * 1024, WindowGrant.Parse(bench.Transport.ExpectFrame(FrameType.Window)));
    }

    [Fact]
    public void No_window_is_granted_after_close()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Transport.Deliver(FramingBench.Data(1, 64 * 1024));
        channel.ExpectMsg<ChannelFrames>();
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)], 64 * 1024));
        Assert.Equal(FrameType.Close, bench.Transport.ExpectFrame().Type);
        bench.Transport.Deliver(FramingBench.Ping(1));
        Assert.Equal(FrameType.Pong, bench.Transport.ExpectFrame().Type);
    }

    [Fact]
    public void Who_asked_is_told_once_the_socket_has_taken_everything_up_to_there()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 100)], NotifyWhenFlushed: true));
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 100)], NotifyWhenFlushed: true));
        var first = bench.Transport.ExpectWrite();
        Settle(bench.Actor);
        Assert.False(channel.HasMessages);
        bench.Transport.Ack(first);
        channel.ExpectMsg<FramesFlushed>();
        var second = bench.Transport.ExpectWrite();
        Settle(bench.Actor);
        Assert.False(channel.HasMessages);
        bench.Transport.Ack(second);
        channel.ExpectMsg<FramesFlushed>();
    }

    [Fact]
    public void A_channel_that_has_closed_meanwhile_is_not_told_of_the_flush()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 100), FramingBench.Close(1)], NotifyWhenFlushed: true));
        Sys.Stop(channel.Ref);
        bench.Transport.ExpectFrame(FrameType.Data);
        Settle(bench.Actor);
        ExpectNoDeadLetters();
    }

    [Theory]
    [InlineData(true, FrameType.Close)]
    [InlineData(false, FrameType.Refused)]
    public void A_lost_channel_is_closed_with_internal(bool opened, FrameType expected)
    {
        var bench = new FramingBench(this);
        bench.Route(1, opened);
        bench.Parent.Send(bench.Actor, new ChannelLost(1));
        var last = bench.Transport.ExpectFrame(expected);
        Assert.Equal(ErrorCode.Internal, ProtocolJson.Decode(last.Payload, ProtocolJsonContext.Default.ChannelClosed).Code);
    }

    [Fact]
    public void A_channel_that_was_lost_after_its_close_says_nothing_more()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)]));
        bench.Transport.ExpectFrame(FrameType.Close);
        bench.Parent.Send(bench.Actor, new ChannelLost(1));
        bench.Parent.Send(bench.Actor, new ChannelLost(2));
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 1)], 7, true));
        bench.Parent.Send(bench.Actor, new SendFrames(0, [FramingBench.Ping()]));
        bench.Transport.ExpectFrame(FrameType.Ping);
    }

    [Fact]
    public void A_refused_channel_frees_its_number_at_once()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1, opened: false);
        channel.Send(bench.Actor, new SendFrames(1, [new ChannelRefused(ErrorCode.Invalid, "no").ToFrame(1)]));
        bench.Transport.ExpectFrame(FrameType.Refused);
        Assert.Equal(1u, bench.Parent.ExpectMsg<ChannelEnded>().Channel);
    }

    [Fact]
    public void When_the_peer_finishes_every_channel_gets_its_eof_once()
    {
        var bench = new FramingBench(this);
        var fresh = bench.Route(1);
        var atEof = bench.Route(2);
        bench.Transport.Deliver(FramingBench.Eof(2));
        atEof.ExpectMsg<ChannelFrames>();
        bench.Transport.DeliverPeerClosed();
        Assert.Equal(FrameType.Eof, Assert.Single(fresh.ExpectMsg<ChannelFrames>().Frames).Type);
        fresh.ExpectMsg<PeerFinished>();
        bench.Parent.ExpectMsg<PeerFinished>();
        atEof.ExpectMsg<PeerFinished>();
    }

    [Fact]
    public void When_the_peer_finishes_its_close_is_taken_as_said()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Route(2).Send(bench.Actor, new SendFrames(2, [FramingBench.Close(2)]));
        bench.Transport.DeliverPeerClosed();
        Assert.Equal(2u, bench.Parent.ExpectMsg<ChannelEnded>().Channel);
        bench.Parent.ExpectMsg<PeerFinished>();
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Close(1)]));
        Assert.Equal(1u, bench.Parent.ExpectMsg<ChannelEnded>().Channel);
    }

    [Fact]
    public void A_channel_opened_just_before_the_peer_finished_gets_its_eof_too()
    {
        var bench = new FramingBench(this);
        bench.Transport.Deliver(new OpenChannel("echo", 1).ToFrame(1));
        bench.Transport.DeliverPeerClosed();
        bench.Parent.ExpectMsg<ConnectionFrames>();
        bench.Parent.ExpectMsg<PeerFinished>();
        var channel = bench.Route(1);
        Assert.Equal(FrameType.Eof, Assert.Single(channel.ExpectMsg<ChannelFrames>().Frames).Type);
    }
}
