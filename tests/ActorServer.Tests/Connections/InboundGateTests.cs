using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

public sealed class InboundGateTests : ActorSpec
{
    private readonly InboundGate _gate = new(TestLimits.Connection);
    private readonly TestProbe _connection;

    public InboundGateTests() => _connection = CreateTestProbe();

    private TestProbe Add(uint id)
    {
        var channel = CreateTestProbe();
        var route = new ChannelRoute(id, channel.Ref, TestLimits.Window);
        route.Sending(FrameType.Opened);
        _gate.Add(route);
        return channel;
    }

    private bool Deliver() => _gate.Deliver(_connection.Ref, TestActor);

    [Fact]
    public void Bytes_before_the_login_are_counted_to_the_limit_and_not_after_it()
    {
        _gate.CountBytes(TestLimits.Connection.LoginBytes);
        var violation = Assert.Throws<ProtocolViolationException>(() => _gate.CountBytes(1));
        Assert.Equal(ErrorCode.TooLarge, violation.Code);
        Assert.Contains("login-bytes", violation.Message, StringComparison.Ordinal);
        _gate.LoggedIn = true;
        _gate.CountBytes(1000);
    }

    [Fact]
    public void Frames_before_the_login_are_counted_to_the_limit_and_not_after_it()
    {
        var hello = new Frame(FrameType.Hello, 0, default);
        for (var i = 0; i < TestLimits.Connection.LoginFrames; i++) Assert.False(_gate.Accept(hello));
        var violation = Assert.Throws<ProtocolViolationException>(() => _gate.Accept(hello));
        Assert.Equal(ErrorCode.TooMany, violation.Code);
        _gate.LoggedIn = true;
        Assert.True(_gate.Accept(FramingBench.Ping()));
    }

    [Fact]
    public void A_channel_that_is_not_open_is_a_violation()
    {
        _gate.LoggedIn = true;
        Assert.Throws<ProtocolViolationException>(() => _gate.Accept(FramingBench.Data(1, 1)));
    }

    [Fact]
    public void Each_receiver_is_told_once_and_only_what_is_new()
    {
        _gate.LoggedIn = true;
        var channel = Add(1);
        _gate.Accept(FramingBench.Data(1, 1));
        _gate.Accept(FramingBench.Data(1, 2));
        Assert.False(Deliver());
        Assert.Equal(2, channel.ExpectMsg<ChannelFrames>().Frames.Length);
        Assert.False(Deliver());
        _gate.Accept(new Frame(FrameType.Open, 2, default));
        Assert.True(Deliver());
        _connection.ExpectMsg<ConnectionFrames>();
        Assert.False(channel.HasMessages);
    }

    [Fact]
    public void A_channel_that_ended_is_forgotten_and_the_connection_told()
    {
        _gate.LoggedIn = true;
        var channel = Add(1);
        _gate.Find(1)!.Sending(FrameType.Close);
        _gate.Accept(FramingBench.Data(1, 1));
        _gate.Accept(FramingBench.Close(1));
        Deliver();
        Assert.Equal(1u, _connection.ExpectMsg<ChannelEnded>().Channel);
        Assert.Null(_gate.Find(1));
        Assert.False(channel.HasMessages);
    }

    [Fact]
    public void A_close_of_a_channel_that_is_not_there_may_have_crossed_a_refusal()
    {
        _gate.LoggedIn = true;
        _gate.Accept(FramingBench.Close(1));
        Assert.False(Deliver());
    }

    [Fact]
    public void A_close_that_comes_with_its_open_waits_for_the_route()
    {
        _gate.LoggedIn = true;
        _gate.Accept(ConnectionBench.Open(1));
        _gate.Accept(FramingBench.Close(1));
        _gate.Accept(ConnectionBench.Open(2));
        Deliver();
        Assert.Equal(2, _connection.ExpectMsg<ConnectionFrames>().Frames.Length);
        var channel = Add(1);
        var other = Add(2);
        Deliver();
        Assert.Equal(FrameType.Close, Assert.Single(channel.ExpectMsg<ChannelFrames>().Frames).Type);
        Assert.False(other.HasMessages);
    }

    [Fact]
    public void A_close_that_came_with_an_open_that_was_refused_is_forgotten()
    {
        _gate.LoggedIn = true;
        _gate.Accept(ConnectionBench.Open(1));
        _gate.Accept(FramingBench.Close(1));
        Deliver();
        _gate.ConnectionHandled();
        var channel = Add(1);
        Deliver();
        Assert.False(channel.HasMessages);
    }
}
