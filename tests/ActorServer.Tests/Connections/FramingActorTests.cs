using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class FramingActorTests : ActorSpec
{
    [Fact]
    public void Frames_of_one_read_reach_each_receiver_in_one_message()
    {
        var bench = new FramingBench(this);
        var first = bench.Route(1);
        var second = bench.Route(2);

        bench.Transport.Deliver(
            FramingBench.Data(1, 3), FramingBench.Data(2, 4), FramingBench.Data(1, 5), new Frame(FrameType.Goodbye, 0, "{}"u8.ToArray()));

        Assert.Equal([3, 5], first.ExpectMsg<ChannelFrames>().Frames.Select(f => f.Payload.Length));
        Assert.Equal([4], second.ExpectMsg<ChannelFrames>().Frames.Select(f => f.Payload.Length));
        Assert.Equal(FrameType.Goodbye, Assert.Single(bench.Parent.ExpectMsg<ConnectionFrames>().Frames).Type);
    }

    [Fact]
    public void A_frame_that_comes_byte_by_byte_arrives_once()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        foreach (var b in FrameWriter.ToArray(new Frame(FrameType.Message, 1, "{\"id\":1}"u8.ToArray()))) bench.Transport.Deliver(new[] { b });

        Assert.Equal("{\"id\":1}"u8, Assert.Single(channel.ExpectMsg<ChannelFrames>().Frames).Payload.Span);
    }

    [Fact]
    public void A_read_is_asked_for_after_each_read()
    {
        var bench = new FramingBench(this);
        bench.Transport.Deliver(new byte[] { 0 });
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
        bench.Transport.Deliver(new byte[] { 0 });
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
    }

    [Fact]
    public void One_write_is_under_way_and_what_comes_meanwhile_forms_the_next()
    {
        var bench = new FramingBench(this);
        bench.Parent.Send(bench.Actor, new SendFrames(0, [FramingBench.Ping(1)]));
        var first = bench.Transport.ExpectWrite();
        bench.Parent.Send(bench.Actor, new SendFrames(0, [FramingBench.Ping(2)]));
        bench.Parent.Send(bench.Actor, new SendFrames(0, [FramingBench.Ping(3)]));
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);

        bench.Transport.Ack(first);
        Assert.Equal([2, 3], bench.Transport.Decode(bench.Transport.ExpectWrite()).Select(f => f.Payload.Span[0]));
    }

    [Fact]
    public void Reading_stops_while_too_much_waits_for_the_socket()
    {
        var bench = new FramingBench(this, TestLimits.Connection with { OutboundHigh = 16 * 1024 });
        var channel = bench.Route(1);
        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 16 * 1024 - Frame.HeaderSize - 1)]));
        bench.Transport.Deliver(new byte[] { 0 });
        var below = bench.Transport.ExpectWrite();
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();

        channel.Send(bench.Actor, new SendFrames(1, [FramingBench.Data(1, 1)]));
        bench.Transport.Deliver(new byte[] { 0 });
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);

        bench.Transport.Ack(below);
        bench.Transport.Probe.ExpectMsg<Tcp.Write>();
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
    }

    [Fact]
    public void Nothing_more_is_read_until_the_connection_has_dealt_with_its_frames()
    {
        var bench = new FramingBench(this);
        bench.Transport.Deliver(new Frame(FrameType.Open, 1, "{}"u8.ToArray()));
        bench.Parent.ExpectMsg<ConnectionFrames>();
        Settle(bench.Actor);
        Assert.False(bench.Transport.Probe.HasMessages);
        bench.Parent.Send(bench.Actor, ConnectionFramesHandled.Instance);
        bench.Transport.Probe.ExpectMsg<Tcp.ResumeReading>();
    }

    [Fact]
    public void Ping_is_answered_with_its_payload_even_while_a_channel_is_held_up()
    {
        var bench = new FramingBench(this);
        bench.Route(1);
        bench.Transport.Deliver(FramingBench.Data(1, 100), FramingBench.Ping(4, 2));
        var pong = bench.Transport.ExpectFrame(FrameType.Pong);
        Assert.Equal([4, 2], pong.Payload.ToArray());
    }

    [Theory]
    [InlineData(ProtocolLimits.MaxPingPayload, true)]
    [InlineData(ProtocolLimits.MaxPingPayload + 1, false)]
    public void Ping_carries_at_most_64_bytes(int size, bool allowed)
    {
        var bench = new FramingBench(this);
        bench.Transport.Deliver(FramingBench.Ping(new byte[size]));
        if (allowed) bench.Transport.ExpectFrame(FrameType.Pong);
        else Assert.Equal(ErrorCode.ProtocolViolation, bench.Parent.ExpectMsg<PeerFailed>().Code);
    }

    [Fact]
    public void More_bytes_than_allowed_before_the_login_fail_the_peer()
    {
        var bench = new FramingBench(this, loggedIn: false);
        bench.Transport.Deliver(new Frame(FrameType.Hello, 0, new byte[TestLimits.Connection.LoginBytes - Frame.HeaderSize]));
        bench.Parent.ExpectMsg<ConnectionFrames>();
        bench.Transport.Deliver(new byte[] { 0 });
        Assert.Equal(ErrorCode.TooLarge, bench.Parent.ExpectMsg<PeerFailed>().Code);
    }

    [Fact]
    public void More_frames_than_allowed_before_the_login_fail_the_peer()
    {
        var bench = new FramingBench(this, loggedIn: false);
        var hello = new Frame(FrameType.Hello, 0, "{}"u8.ToArray());
        bench.Transport.Deliver([.. Enumerable.Repeat(hello, TestLimits.Connection.LoginFrames)]);
        bench.Parent.ExpectMsg<ConnectionFrames>();
        bench.Transport.Deliver(hello);
        Assert.Equal(ErrorCode.TooMany, bench.Parent.ExpectMsg<PeerFailed>().Code);
    }

    [Fact]
    public void The_limits_before_the_login_end_with_it()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1, window: new ChannelWindow(ProtocolLimits.MaxPayload, ProtocolLimits.MaxPayload));
        bench.Transport.Deliver(FramingBench.Data(1, ProtocolLimits.MaxPayload));
        Assert.Equal(ProtocolLimits.MaxPayload, channel.ExpectMsg<ChannelFrames>().Frames[0].Payload.Length);
    }

    [Fact]
    public void After_a_violation_nothing_of_the_peer_is_listened_to()
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        bench.Transport.Deliver(new byte[] { 0xff, 0xff, 0xff, 0xff });
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Parent.ExpectMsg<PeerFailed>().Code);
        bench.Transport.Deliver(FramingBench.Data(1, 5));
        bench.Transport.Deliver(new byte[] { 0xff, 0xff, 0xff, 0xff });
        Settle(bench.Actor);
        Assert.False(channel.HasMessages);
        Assert.False(bench.Parent.HasMessages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_came_before_a_violation_in_the_same_read_is_passed_on_first(bool malformed)
    {
        var bench = new FramingBench(this);
        var channel = bench.Route(1);
        var violation = malformed ? new byte[] { 0, 0, 0, 0 } : FrameWriter.ToArray(FramingBench.Data(99, 1));
        byte[] inOrder =
            [.. FrameWriter.ToArray(FramingBench.Data(1, 5)), .. FrameWriter.ToArray(new Frame(FrameType.Goodbye, 0, "{}"u8.ToArray()))];
        bench.Transport.Deliver(inOrder.Concat(violation).ToArray());

        Assert.Equal(5, channel.ExpectMsg<ChannelFrames>().Frames[0].Payload.Length);
        bench.Parent.ExpectMsg<ConnectionFrames>();
        bench.Parent.ExpectMsg<PeerFailed>();
    }
}
