using ActorNet.Protocol;
using ActorNet.Server.Listening;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Tests.Listening;

public sealed class RefusalActorTests : ActorSpec
{
    private readonly FakeTransport _transport;
    private readonly IActorRef _refusal;

    public RefusalActorTests()
    {
        _transport = new FakeTransport(this);
        var transport = _transport.Ref;
        _refusal = Sys.ActorOf(Props.Create(() => new RefusalActor(transport, new Refusal(ErrorCode.RateLimited, "test", "slow down"))));
        _transport.ExpectRegisteredForRefusal();
        Watch(_refusal);
    }

    [Fact]
    public void It_says_the_code_closes_after_the_ack_and_ends_with_the_transport()
    {
        Assert.Equal(ErrorCode.RateLimited, _transport.ExpectGoodbye());
        _transport.Deliver(new byte[] { 1 });
        _transport.Probe.ExpectMsg<Tcp.ResumeReading>();
        _transport.Closed();
        ExpectTerminated(_refusal);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void A_peer_that_closes_its_side_first_is_told_all_the_same()
    {
        _transport.DeliverPeerClosed();
        Assert.Equal(ErrorCode.RateLimited, _transport.ExpectGoodbye());
    }

    [Fact]
    public void A_peer_that_does_not_close_is_aborted_after_two_seconds()
    {
        Settle(_refusal);
        _transport.ExpectGoodbye();
        Time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        Settle(_refusal);
        Assert.False(_transport.Probe.HasMessages);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        _transport.Probe.ExpectMsg<Tcp.Abort>();
        _transport.Probe.Send(_refusal, Tcp.Aborted.Instance);
        ExpectTerminated(_refusal);
    }

    [Fact]
    public void It_ends_with_a_transport_that_dies_silently()
    {
        Sys.Stop(_transport.Ref);
        ExpectTerminated(_refusal);
    }
}
