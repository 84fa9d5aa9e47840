using ActorNet.Protocol;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class FramingActorCloseTests : ActorSpec
{
    private static readonly FinishConnection Finish = new(new Goodbye(ErrorCode.Timeout, "late").ToFrame());

    [Fact]
    public void Close_comes_after_the_last_ack_with_goodbye_last()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 10)]));
        bench.Parent.Send(bench.Actor, Finish);
        var data = bench.Transport.ExpectWrite();
        Assert.Equal(FrameType.Data, Assert.Single(bench.Transport.Decode(data)).Type);
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        bench.Transport.Ack(data);
        var last = bench.Transport.Probe.ExpectMsg<Tcp.Write>();
        Assert.Equal(FrameType.Goodbye, Assert.Single(bench.Transport.Decode(last)).Type);
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        bench.Transport.Ack(last);
        bench.Transport.Probe.ExpectMsg<Tcp.ConfirmedClose>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_revoked_and_takes_nothing_is_reset_when_its_time_is_over(bool wasClosing)
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 10)]));
        bench.Transport.ExpectWrite();
        if (wasClosing) bench.Parent.Send(bench.Actor, Finish);
        bench.Parent.Send(bench.Actor, Finish with { IsRevoked = true });
        Settle(bench.Actor);

        Time.Advance(TestLimits.Connection.RevokeTimeout - TimeSpan.FromMilliseconds(1));
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        bench.Transport.Probe.ExpectMsg<Tcp.Abort>();
    }

    [Fact]
    public void What_is_sent_after_the_goodbye_was_decided_is_dropped()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Parent.Send(bench.Actor, Finish);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 10)], 3, true));
        bench.Parent.Send(bench.Actor, Finish);
        Assert.Equal(ErrorCode.Timeout, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_channel_that_is_lost_after_the_goodbye_was_decided_adds_nothing_to_it()
    {
        var bench = new FramingBench(this);
        bench.Route(1);
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.ExpectGoodbye();
        bench.Parent.Send(bench.Actor, new ChannelLost(1));
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
    }

    [Fact]
    public void While_closing_the_input_is_read_and_discarded()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.ExpectGoodbye();
        for (var i = 0; i < 3; i++)
        {
            bench.Transport.Deliver(FramingBench.Data(1, 10));
            bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
        }

        Assert.False(channel.HasMessages);
        Assert.False(bench.Parent.HasMessages);
    }

    [Fact]
    public void Input_is_read_while_finishing_even_if_reading_was_held_back()
    {
        var bench = new FramingBench(this, TestLimits.Connection with { OutboundHigh = 16 * 1024 });
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 64 * 1024)]));
        bench.Transport.Deliver(new byte[] { 0 });
        bench.Transport.Probe.ExpectMsg<Tcp.Write>();
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
    }

    [Fact]
    public void A_peer_that_does_not_close_is_left_to_the_kernel_at_the_close_timeout()
    {
        var bench = new FramingBench(this);
        Watch(bench.Actor);
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.ExpectGoodbye();
        Settle(bench.Actor);
        Time.Advance(TestLimits.Connection.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Settle(bench.Actor);
        Assert.False(bench.Parent.HasMessages);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        bench.Parent.ExpectMsg<TransportClosed>();
        ExpectTerminated(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
    }

    [Fact]
    public void When_the_transport_has_closed_the_parent_hears_it_once_with_the_bytes()
    {
        var bench = new FramingBench(this);
        Watch(bench.Actor);
        bench.Transport.Deliver(FramingBench.Ping());
        bench.Transport.ExpectFrame(FrameType.Pong);
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.ExpectGoodbye();
        bench.Transport.Closed();
        var closed = bench.Parent.ExpectMsg<TransportClosed>();
        Assert.Equal(Frame.HeaderSize, closed.BytesIn);
        Assert.Equal(Frame.HeaderSize + Finish.Last.Size, closed.BytesOut);
        ExpectTerminated(bench.Actor);
        Assert.False(bench.Parent.HasMessages);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void A_transport_that_dies_silently_ends_the_framing()
    {
        var bench = new FramingBench(this);
        Watch(bench.Actor);
        Sys.Stop(bench.Transport.Ref);
        bench.Parent.ExpectMsg<TransportClosed>();
        ExpectTerminated(bench.Actor);
    }

    public static TheoryData<object> Ends => new(
        new Tcp.ErrorClosed("reset"), Tcp.Aborted.Instance, Tcp.Closed.Instance, Tcp.ConfirmedClosed.Instance,
        new Tcp.CommandFailed(Tcp.ResumeReading.Instance));

    [Theory]
    [MemberData(nameof(Ends))]
    public void Whatever_end_the_transport_reports_the_framing_ends_in_any_state(object end)
    {
        foreach (var finishing in new[] { false, true })
        {
            var bench = new FramingBench(this);
            Watch(bench.Actor);
            if (finishing) bench.Parent.Send(bench.Actor, Finish);
            bench.Transport.Probe.Send(bench.Actor, end);
            bench.Parent.ExpectMsg<TransportClosed>();
            ExpectTerminated(bench.Actor);
        }
    }

    [Fact]
    public void After_the_peers_half_close_nothing_is_read_and_answers_still_go_out()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Transport.DeliverPeerClosed();
        channel.ExpectMsg<ChannelFrames>();
        bench.Parent.ExpectMsg<PeerFinished>();
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 10), FramingBench.Close(1)]));
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.Probe.ExpectMsg<Tcp.Write>(write => bench.Transport.Ack(write));
        bench.Transport.Probe.ExpectMsg<Tcp.Write>(write => bench.Transport.Ack(write));
        bench.Transport.Probe.ExpectMsg<Tcp.ConfirmedClose>();
    }

    [Fact]
    public void A_half_close_while_finishing_tells_nobody()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Parent.Send(bench.Actor, Finish);
        bench.Transport.DeliverPeerClosed();
        bench.Transport.ExpectGoodbye();
        Assert.False(channel.HasMessages);
        Assert.False(bench.Parent.HasMessages);
    }
}
