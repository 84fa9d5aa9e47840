using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class FramingActorLivenessTests : ActorSpec
{
    // Checks come every sixth of the shortest limit, 5 s here: whole checks, and the moment just before the next.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private void Advance(TimeSpan time, IActorRef framing)
    {
        var step = TimeSpan.FromSeconds(1);
        for (; time > TimeSpan.Zero; time -= step)
        {
            Time.Advance(time < step ? time : step);
            Settle(framing);
        }
    }

    [Fact]
    public void A_silent_peer_is_asked_once_and_then_closed()
    {
        var bench = new FramingBench(this);
        Settle(bench.Actor);
        Advance(TestLimits.Connection.PingInterval - Tick, bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        Advance(Tick, bench.Actor);
        bench.Transport.ExpectFrame(FrameType.Ping);
        Advance(TestLimits.Connection.IdleTimeout - TestLimits.Connection.PingInterval - Tick, bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        Assert.False(bench.Parent.HasMessages);
        Advance(Tick, bench.Actor);
        Assert.Equal(ErrorCode.Timeout, bench.Parent.ExpectMsg<PeerFailed>().Code);
    }

    [Fact]
    public void Any_byte_counts_as_a_sign_of_life()
    {
        var bench = new FramingBench(this);
        Settle(bench.Actor);
        Advance(TestLimits.Connection.PingInterval, bench.Actor);
        bench.Transport.ExpectFrame(FrameType.Ping);
        Advance(TestLimits.Connection.IdleTimeout - TestLimits.Connection.PingInterval - Tick, bench.Actor);
        bench.Transport.Deliver(new byte[] { 0 });
        Settle(bench.Actor);
        // From one check to the next: the official scheduler counts a period on from the advance that it fired in.
        Advance(Tick, bench.Actor);
        Advance(TestLimits.Connection.PingInterval, bench.Actor);
        bench.Transport.ExpectFrame(FrameType.Ping);
        Assert.False(bench.Parent.HasMessages);
    }

    [Fact]
    public void A_peer_that_takes_nothing_is_aborted_at_the_write_timeout()
    {
        var bench = new FramingBench(this);
        bench.Parent.Send(bench.Actor, new SendFrames(0, [FramingBench.Ping()]));
        bench.Transport.ExpectWrite();
        Settle(bench.Actor);
        Advance(TestLimits.Connection.WriteTimeout - Tick, bench.Actor);
        Assert.False(bench.Parent.HasMessages);
        Advance(Tick, bench.Actor);
        Assert.Equal(ErrorCode.SlowConsumer, bench.Parent.ExpectMsg<PeerFailed>().Code);
        bench.Transport.Probe.FishForMessage(message => message is Tcp.Abort);
    }

    [Fact]
    public void A_peer_that_takes_nothing_of_the_goodbye_is_aborted_too()
    {
        var bench = new FramingBench(this);
        bench.Parent.Send(bench.Actor, new FinishConnection(FramingBench.Ping()));
        bench.Transport.ExpectWrite();
        Settle(bench.Actor);
        Advance(TestLimits.Connection.WriteTimeout, bench.Actor);
        bench.Transport.Probe.FishForMessage(message => message is Tcp.Abort);
        Assert.False(bench.Parent.HasMessages);
    }

    [Fact]
    public void A_half_closed_peer_that_cannot_answer_is_neither_asked_nor_idle()
    {
        var bench = new FramingBench(this);
        bench.Route(1);
        bench.Transport.DeliverPeerClosed();
        bench.Parent.ExpectMsg<PeerFinished>();
        Advance(2 * TestLimits.Connection.IdleTimeout, bench.Actor);
        Assert.False(bench.Parent.HasMessages);
        Assert.False(bench.Transport.Probe.HasMessages);
    }

    [Fact]
    public void A_peer_that_is_not_listened_to_because_it_reads_slowly_is_not_idle()
    {
        var bench = new FramingBench(this, TestLimits.Connection with { OutboundHigh = 16 * 1024 });
        var channel = bench.Route(1);
        var frames = new SendFrames(1, [FramingBench.Data(1, 32 * 1024)]);
        channel.Send(bench.Actor, frames);
        bench.Transport.Deliver(new byte[] { 0 });
        for (var i = 0; i < 5; i++)
        {
            var write = bench.Transport.ExpectWrite();
            channel.Send(bench.Actor, frames);
            Settle(bench.Actor);
            Advance(TestLimits.Connection.WriteTimeout - TimeSpan.FromSeconds(10), bench.Actor);
            bench.Transport.Ack(write);
        }

        Assert.False(bench.Parent.HasMessages);
    }

    [Fact]
    public void A_peer_is_not_asked_before_its_login_as_it_may_not_answer()
    {
        var bench = new FramingBench(this, TestLimits.Connection with { LoginTimeout = TimeSpan.FromMinutes(10) }, loggedIn: false);
        Settle(bench.Actor);
        Advance(TestLimits.Connection.IdleTimeout - Tick, bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
    }
}
