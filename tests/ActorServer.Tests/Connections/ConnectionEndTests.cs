using ActorNet.Protocol;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionEndTests : ActorSpec
{
    [Fact]
    public void A_finished_client_with_nothing_open_is_closed_without_a_code()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.DeliverPeerClosed();
        Assert.Null(bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_finished_client_gets_what_is_in_progress_before_the_goodbye()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        bench.Transport.DeliverPeerClosed();
        Assert.Equal(FrameType.Eof, bench.Service.ExpectMsg<ChannelFrames>().Frames[0].Type);
        bench.Service.Sender.Tell(new SendFrames(1, [FramingBench.Data(1, 5)]));
        bench.Service.Sender.Tell(new ConnectionBench.EndChannel(FramingBench.Close(1)));
        bench.Transport.ExpectFrame(FrameType.Data);
        bench.Transport.ExpectFrame(FrameType.Close);
        Assert.Null(bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void What_is_in_progress_has_until_the_linger_timeout()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        bench.Transport.DeliverPeerClosed();
        bench.Service.ExpectMsg<ChannelFrames>();
        Settle(bench.Actor);
        Time.Advance(TestLimits.Connection.HalfCloseLinger - TimeSpan.FromMilliseconds(1));
        bench.Service.Sender.Tell(new SendFrames(1, [FramingBench.Data(1, 5)]));
        bench.Transport.ExpectFrame(FrameType.Data);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ErrorCode.Timeout, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_client_that_leaves_before_its_login_is_closed_at_once()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Transport.DeliverPeerClosed();
        Assert.Null(bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_goodbye_ends_the_connection_and_what_is_open_without_waiting_for_the_peer()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        Watch(bench.Service.Sender);
        bench.Transport.Deliver(new Goodbye().ToFrame());
        ExpectTerminated(bench.Service.Sender);
        Assert.Null(bench.Transport.ExpectGoodbye());
        Assert.False(bench.Transport.Probe.HasMessages);
    }

    [Fact]
    public void A_connection_that_is_cut_off_from_above_is_logged_too()
    {
        var bench = new ConnectionBench(this).Login();
        EventFilter.Info(contains: "cut off by this side").ExpectOne(() => Sys.Stop(bench.Actor));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_drain_closes_who_has_nothing_in_progress(bool loggedIn)
    {
        var bench = new ConnectionBench(this);
        if (loggedIn) bench.Login();
        bench.Listener.Send(bench.Actor, Drain.Instance);
        Assert.Equal(ErrorCode.Unavailable, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void The_first_reason_is_the_one_that_is_told_and_logged_once()
    {
        var bench = new ConnectionBench(this).Login();
        Watch(bench.Actor);
        EventFilter.Info(contains: "closed: ").ExpectOne(() =>
        {
            bench.Listener.Send(bench.Actor, Drain.Instance);
            Assert.Equal(ErrorCode.Unavailable, bench.Transport.ExpectGoodbye());
            bench.Transport.Deliver(new byte[] { 0, 0, 0, 0 });
            bench.Listener.Send(bench.Actor, Drain.Instance);
            bench.Transport.Closed();
            ExpectTerminated(bench.Actor);
        });
        ExpectNoDeadLetters();
    }

    [Fact]
    public void The_log_names_who_why_and_the_code()
    {
        var bench = new ConnectionBench(this).Login();
        Watch(bench.Actor);
        EventFilter.Info(
            new System.Text.RegularExpressions.Regex("192\\.0\\.2\\.1:5.*closed: .*255.*protocol-violation.*alice"))
            .ExpectOne(() =>
            {
                bench.Transport.Deliver(new byte[] { 0, 0, 0, 5, 255, 0, 0, 0, 0 });
                Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
                bench.Transport.Closed();
                ExpectTerminated(bench.Actor);
            });
    }

    [Fact]
    public void When_the_transport_dies_the_connection_and_its_channels_end()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        Watch(bench.Service.Sender);
        Watch(bench.Actor);
        bench.Transport.Probe.Send(bench.Transport.Handler, new Tcp.ErrorClosed("reset by peer"));
        ReceiveN(2);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void When_the_framing_fails_the_connection_ends_and_says_so()
    {
        var bench = new ConnectionBench(this).Login();
        Watch(bench.Actor);
        var tooLarge = new SendFrames(0, [new Frame(FrameType.Pong, 0, new byte[ProtocolLimits.MaxPayload + 1])]);
        EventFilter.Exception<ArgumentException>().And.Info(contains: "the framing failed").Expect(2, () =>
        {
            bench.Transport.Handler.Tell(tooLarge);
            ExpectTerminated(bench.Actor);
        });
    }
}
