using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Windows, the socket's bound, and the queue of messages.</summary>
public sealed class ChannelSendingTests : ChannelFixture
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void A_stream_spends_the_window_and_goes_on_when_it_grows()
    {
        var (channel, framing, service) = Open(window: 10);

        Run(channel, c =>
        {
            c.Data("1234567");
            c.Report($"left {c.SendableNow}");
            c.Data("890");
            c.Report($"left {c.SendableNow}");
        });
        service.ExpectMsg("left 3");
        service.ExpectMsg("left 0");
        Assert.Equal(["1234567", "890"], framing.ExpectMsg<SendFrames>().Frames.Select(TextOf));

        channel.Tell(Frames(Grant(4)));
        service.ExpectMsg("sendable 4");
    }

    [Fact]
    public void A_service_that_sends_more_than_it_may_is_at_fault_and_stops()
    {
        var (channel, framing, _) = Open(window: 10);

        EventFilter.Exception<ArgumentOutOfRangeException>().ExpectOne(() => Run(channel, c => c.Data("12345678901")));

        ExpectTerminated(channel);
        Assert.False(framing.HasMessages);
    }

    [Fact]
    public void A_piece_larger_than_a_frame_is_cut()
    {
        var (channel, framing, _) = Open(window: 1 << 20);

        Run(channel, c => c.Data(new byte[(2 * ProtocolLimits.MaxPayload) + 1]));

        Assert.Equal(
            [ProtocolLimits.MaxPayload, ProtocolLimits.MaxPayload, 1],
            framing.ExpectMsg<SendFrames>().Frames.Select(f => f.Payload.Length));
    }

    [Fact]
    public void A_window_grown_beyond_the_protocol_closes_the_channel()
    {
        var (channel, framing, _) = Open(window: 10);

        channel.Tell(Frames(Grant(ProtocolLimits.MaxWindow)));

        Assert.Equal(ErrorCode.ProtocolViolation, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_full_socket_holds_the_stream_until_it_has_taken_what_was_marked()
    {
        var (channel, framing, service) = Open(window: 10_000, Limits(outbound: 1000));

        Run(channel, c => c.Data(new byte[249]));
        Assert.False(framing.ExpectMsg<SendFrames>().NotifyWhenFlushed);
        Run(channel, c => c.Data(new byte[751]));
        Assert.True(framing.ExpectMsg<SendFrames>().NotifyWhenFlushed);
        Run(channel, c => c.Report($"left {c.SendableNow}"));
        service.ExpectMsg("left 0");

        channel.Tell(FramesFlushed.Instance);
        service.ExpectMsg("sendable 1000");
    }

    [Fact]
    public void A_message_larger_than_the_sockets_bound_is_sent()
    {
        var (channel, framing, _) = Open(window: 10_000, Limits(outbound: 1000));

        Run(channel, c => c.Message(new string('a', 3000)));
        Assert.True(framing.ExpectMsg<SendFrames>().NotifyWhenFlushed);
        Run(channel, c => c.Message("after"));
        channel.Tell(FramesFlushed.Instance);

        Assert.Equal("after", TextOf(ExpectFrame(framing)));
    }

    [Fact]
    public void Messages_wait_for_the_window_in_their_order()
    {
        var (channel, framing, service) = Open(window: 5);

        Run(channel, c => c.Message("123456"));
        Run(channel, c => c.Message("78"));
        ExpectNothingSent(channel, framing, service);
        Run(channel, c => c.Report($"left {c.SendableNow}"));
        service.ExpectMsg("left 0");

        channel.Tell(Frames(Grant(1)));
        Assert.Equal("123456", TextOf(ExpectFrame(framing)));
        channel.Tell(Frames(Grant(5)));
        Assert.Equal("78", TextOf(ExpectFrame(framing)));
        service.ExpectMsg("sendable 3");
    }

    [Fact]
    public void Eof_keeps_its_place_behind_waiting_messages()
    {
        var (channel, framing, service) = Open(window: 1);

        Run(channel, c =>
        {
            c.Message("12345");
            c.End();
        });
        ExpectNothingSent(channel, framing, service);
        channel.Tell(Frames(Grant(4)));

        Assert.Equal([FrameType.Message, FrameType.Eof], framing.ExpectMsg<SendFrames>().Frames.Select(f => f.Type));
    }

    [Fact]
    public void Messages_wait_up_to_the_limit_and_one_byte_more_is_a_slow_consumer()
    {
        var (channel, framing, service) = Open(window: 1, Limits(push: 10));

        Run(channel, c => c.Message("12345"));
        Run(channel, c => c.Message("67890"));
        ExpectNothingSent(channel, framing, service);
        Run(channel, c => c.Message("1"));

        Assert.Equal(ErrorCode.SlowConsumer, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_message_that_waits_for_the_age_makes_a_slow_consumer_and_not_a_tick_earlier()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c => c.Message("12345"));
        ExpectNothingSent(channel, framing, service);

        Clock.Advance(TimeSpan.FromSeconds(10) - Tick);
        ExpectNothingSent(channel, framing, service);
        Clock.Advance(Tick);

        Assert.Equal(ErrorCode.SlowConsumer, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void Reading_a_little_does_not_keep_an_old_message_alive()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c =>
        {
            c.Message("one");
            c.Message("two");
            c.Message("three");
        });

        channel.Tell(Frames(Grant(2)));
        Assert.Equal("one", TextOf(ExpectFrame(framing)));
        Clock.Advance(TimeSpan.FromSeconds(10));
        ExpectNothingSent(channel, framing, service);
        channel.Tell(Frames(Grant(3)));
        Assert.Equal("two", TextOf(ExpectFrame(framing)));
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCode.SlowConsumer, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_message_that_came_after_the_timer_started_has_its_own_time()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c => c.Message("first"));
        ExpectNothingSent(channel, framing, service);

        Clock.Advance(TimeSpan.FromSeconds(9));
        Run(channel, c => c.Message("second"));
        channel.Tell(Frames(Grant(4)));
        Assert.Equal("first", TextOf(ExpectFrame(framing)));
        Clock.Advance(TimeSpan.FromSeconds(1));
        ExpectNothingSent(channel, framing, service);
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCode.SlowConsumer, ClosedOf(ExpectFrame(framing)).Code);
    }

    [Fact]
    public void A_queue_that_was_emptied_in_time_is_not_slow()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c => c.Message("12345"));
        channel.Tell(Frames(Grant(4)));
        Assert.Equal("12345", TextOf(ExpectFrame(framing)));
        Run(channel, c => c.Message("later"));

        Clock.Advance(TimeSpan.FromSeconds(10));
        ExpectNothingSent(channel, framing, service);
        channel.Tell(Frames(Grant(5)));
        Assert.Equal("later", TextOf(ExpectFrame(framing)));
        Clock.Advance(TimeSpan.FromSeconds(100));

        ExpectNothingSent(channel, framing, service);
    }

    [Fact]
    public void Close_comes_behind_waiting_messages_and_the_service_is_given_nothing_more()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c =>
        {
            c.Message("12345");
            c.Finish(ErrorCode.Unavailable, "stopping");
            c.Message("never");
        });

        channel.Tell(Frames(Text(FrameType.Message, "late"), Text(FrameType.Data, "later")));
        ExpectNothingSent(channel, framing, service);
        channel.Tell(Frames(Grant(4)));

        var frames = framing.ExpectMsg<SendFrames>().Frames;
        Assert.Equal([FrameType.Message, FrameType.Close], frames.Select(f => f.Type));
        Assert.Equal(new ChannelClosed(ErrorCode.Unavailable, "stopping"), ClosedOf(frames[1]));
        ExpectTerminated(channel);
        Assert.False(service.HasMessages);
    }

    [Fact]
    public void A_client_that_never_reads_what_waits_before_the_close_is_closed_as_slow()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c =>
        {
            c.Message("12345");
            c.Finish();
        });
        ExpectNothingSent(channel, framing, service);

        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ErrorCode.SlowConsumer, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_violation_does_not_wait_for_the_window()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c => c.Message("12345"));
        ExpectNothingSent(channel, framing, service);

        channel.Tell(Frames(Text(FrameType.Message, "violate")));

        Assert.Equal(ErrorCode.Invalid, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_client_that_closes_first_is_answered_at_once()
    {
        var (channel, framing, service) = Open(window: 1);
        Run(channel, c =>
        {
            c.Message("12345");
            c.Finish(ErrorCode.Unavailable, "stopping");
        });
        ExpectNothingSent(channel, framing, service);

        channel.Tell(Frames(new ChannelClosed().ToFrame(Id)));

        Assert.Equal(FrameType.Close, ExpectFrame(framing).Type);
        ExpectTerminated(channel);
    }
}
