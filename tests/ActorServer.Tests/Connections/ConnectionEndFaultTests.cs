using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionEndFaultTests : ActorSpec
{
    private static Fault FaultOf(ConnectionBench bench) => bench.Listener.ExpectMsg<ConnectionFault>().Fault;

    // After the connection is gone: nothing came besides.
    private void ExpectNoMore(ConnectionBench bench)
    {
        Watch(bench.Actor);
        bench.Transport.Closed();
        ExpectTerminated(bench.Actor);
        Assert.False(bench.Listener.HasMessages);
    }

    [Fact]
    public void A_failed_login_counts_once()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Accounts.Reply(ConnectionBench.Material("unknown account"));
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        Assert.Equal(Fault.FailedLogin, FaultOf(bench));
        ExpectNoMore(bench);
    }

    [Fact]
    public void So_does_a_throttled_one()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Accounts.Reply(new Server.Auth.LoginThrottled(TimeSpan.FromSeconds(1)));
        Assert.Equal(ErrorCode.RateLimited, bench.Transport.ExpectGoodbye());
        Assert.Equal(Fault.FailedLogin, FaultOf(bench));
    }

    [Theory]
    [InlineData(false, Fault.NoLogin)]
    [InlineData(true, Fault.FailedLogin)]
    public void Leaving_before_the_login_counts_by_whether_one_was_tried(bool tried, Fault fault)
    {
        var bench = new ConnectionBench(this);
        if (tried) bench.AskForLogin();
        bench.Transport.DeliverPeerClosed();
        bench.Transport.ExpectGoodbye();
        Assert.Equal(fault, FaultOf(bench));
        ExpectNoMore(bench);
    }

    [Fact]
    public void A_reset_before_the_login_counts()
    {
        var bench = new ConnectionBench(this);
        bench.Transport.Probe.Send(bench.Transport.Handler, new Tcp.ErrorClosed("reset by peer"));
        Assert.Equal(Fault.NoLogin, FaultOf(bench));
    }

    [Fact]
    public void The_deadline_counts()
    {
        var bench = new ConnectionBench(this);
        Settle(bench.Actor);
        Time.Advance(TestLimits.Connection.LoginTimeout);
        Assert.Equal(Fault.LoginTimeout, FaultOf(bench));
    }

    [Fact]
    public void A_violation_counts()
    {
        var bench = new ConnectionBench(this);
        bench.Transport.Deliver(new byte[] { 0, 0, 0, 0 });
        Assert.Equal(Fault.Violation, FaultOf(bench));
    }

    [Fact]
    public void So_does_a_frame_that_takes_a_login()
    {
        var bench = new ConnectionBench(this).Greet();
        bench.Transport.Deliver(ConnectionBench.Open(1));
        Assert.Equal(Fault.Violation, FaultOf(bench));
    }

    [Fact]
    public void A_node_that_stops_blames_nobody()
    {
        var bench = new ConnectionBench(this);
        bench.Listener.Send(bench.Actor, Drain.Instance);
        bench.Transport.ExpectGoodbye();
        ExpectNoMore(bench);
        var cutOff = new ConnectionBench(this);
        Watch(cutOff.Actor);
        Sys.Stop(cutOff.Actor);
        ExpectTerminated(cutOff.Actor);
        Assert.False(cutOff.Listener.HasMessages);
    }

    [Fact]
    public void After_the_login_nothing_counts()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(new byte[] { 0, 0, 0, 0 });
        bench.Transport.ExpectGoodbye();
        ExpectNoMore(bench);
    }
}
