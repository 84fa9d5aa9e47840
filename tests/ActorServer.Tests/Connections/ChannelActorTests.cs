using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

public sealed class ChannelActorTests : ChannelFixture
{
    [Fact]
    public void Opened_tells_the_window_of_the_service()
    {
        var (channel, framing, _) = Start();

        Run(channel, c => c.SayOpened());

        var opened = ProtocolJson.Decode(ExpectFrame(framing).Payload, ProtocolJsonContext.Default.ChannelOpened);
        Assert.Equal((uint)Window.Initial, opened.Window);
        Assert.Null(opened.Result);
    }

    [Fact]
    public void Opened_carries_the_result_of_the_service()
    {
        var (channel, framing, _) = Start();

        Run(channel, c => c.SayOpenedWith(new ChatOptions("Alice")));

        var opened = ProtocolJson.Decode(ExpectFrame(framing).Payload, ProtocolJsonContext.Default.ChannelOpened);
        Assert.Equal("Alice", opened.Result!.Value.GetProperty("name").GetString());
    }

    [Fact]
    public void Opened_is_said_once()
    {
        var (channel, framing, service) = Open();

        Run(channel, c => c.SayOpened());
        Run(channel, c => c.SayOpenedWith(new ChatOptions()));

        ExpectNothingSent(channel, framing, service);
    }

    [Fact]
    public void Nothing_may_be_sent_before_the_channel_is_open()
    {
        var (channel, framing, service) = Start();

        Run(channel, c => c.Message("early"));
        Run(channel, c => c.End());
        Run(channel, c => c.Report($"{c.SendableNow}"));

        service.ExpectMsg("0");
        ExpectNothingSent(channel, framing, service);
    }

    [Fact]
    public void Refused_ends_the_channel()
    {
        var (channel, framing, _) = Start();

        Run(channel, c => c.SayRefused(ErrorCode.NotFound, "no such thing"));

        var frame = ExpectFrame(framing);
        Assert.Equal(FrameType.Refused, frame.Type);
        Assert.Equal(
            new ChannelRefused(ErrorCode.NotFound, "no such thing"),
            ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelRefused));
        ExpectTerminated(channel);
    }

    [Fact]
    public void Wrong_params_refuse_the_channel_as_invalid()
    {
        var (channel, framing, _) = Start(parameters: """{"name":7}""");

        Run(channel, c => c.ReadParams());

        var refused = ProtocolJson.Decode(ExpectFrame(framing).Payload, ProtocolJsonContext.Default.ChannelRefused);
        Assert.Equal(ErrorCode.Invalid, refused.Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void Absent_params_read_as_an_empty_object()
    {
        var (channel, _, service) = Start();

        Run(channel, c => c.Report($"name '{c.ReadParams().Name}'"));

        service.ExpectMsg("name ''");
    }

    [Fact]
    public void A_channel_closed_before_it_is_open_is_refused()
    {
        var (channel, framing, _) = Start();

        Run(channel, c => c.Finish(ErrorCode.TooMany, "no room"));

        Assert.Equal(FrameType.Refused, ExpectFrame(framing).Type);
        ExpectTerminated(channel);
    }

    [Fact]
    public void Frames_are_handled_in_their_order()
    {
        var (channel, _, service) = Open();

        channel.Tell(Frames(
            Text(FrameType.Data, "one"), Text(FrameType.Message, "two"), Text(FrameType.Data, "three"),
            Text(FrameType.Eof, "")));

        service.ExpectMsg("data one");
        service.ExpectMsg("message two");
        service.ExpectMsg("data three");
        service.ExpectMsg("eof");
    }

    [Fact]
    public void What_is_sent_while_one_message_is_handled_leaves_in_one_batch()
    {
        var (channel, framing, _) = Open();

        Run(channel, c =>
        {
            c.Data("one");
            c.ExtendedData("two");
            c.TakeBytes(5);
            c.Message("three");
            c.TakeBytes(6);
            c.End();
        });

        var batch = framing.ExpectMsg<SendFrames>();
        Assert.Equal((Id, 11, false), (batch.Channel, batch.Consumed, batch.NotifyWhenFlushed));
        Assert.Equal(
            [FrameType.Data, FrameType.ExtendedData, FrameType.Message, FrameType.Eof], batch.Frames.Select(f => f.Type));
        Assert.Equal(["one", "two", "three", ""], batch.Frames.Select(TextOf));
        Assert.All(batch.Frames, f => Assert.Equal(Id, f.Channel));
    }

    [Fact]
    public void A_message_is_consumed_when_it_was_handled_and_bytes_when_the_service_says_so()
    {
        var (channel, framing, service) = Open();

        channel.Tell(Frames(Text(FrameType.Message, "12345"), Text(FrameType.Message, "678")));
        Assert.Equal(8, framing.ExpectMsg<SendFrames>().Consumed);
        service.ExpectMsg("message 12345");
        service.ExpectMsg("message 678");

        channel.Tell(Frames(Text(FrameType.Data, "12345")));
        service.ExpectMsg("data 12345");
        ExpectNothingSent(channel, framing, service);
        Run(channel, c => c.TakeBytes(5));

        var batch = framing.ExpectMsg<SendFrames>();
        Assert.Equal(5, batch.Consumed);
        Assert.Empty(batch.Frames);
    }

    [Fact]
    public void Close_says_why_and_stops()
    {
        var (channel, framing, _) = Open();

        Run(channel, c =>
        {
            c.Data("last");
            c.Finish(ErrorCode.Timeout, "too late");
            c.Message("never");
        });

        var frames = framing.ExpectMsg<SendFrames>().Frames;
        Assert.Equal([FrameType.Data, FrameType.Close], frames.Select(f => f.Type));
        Assert.Equal(new ChannelClosed(ErrorCode.Timeout, "too late"), ClosedOf(frames[1]));
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_close_of_the_client_is_answered_and_what_follows_it_is_not_handled()
    {
        var (channel, framing, service) = Open();

        channel.Tell(Frames(Text(FrameType.Data, "one"), new ChannelClosed().ToFrame(Id), Text(FrameType.Data, "two")));

        service.ExpectMsg("data one");
        service.ExpectMsg("peer closed");
        Assert.Equal(new ChannelClosed(), ClosedOf(ExpectFrame(framing)));
        ExpectTerminated(channel);
        Assert.False(service.HasMessages);
    }

    [Fact]
    public void A_draining_node_closes_the_channel()
    {
        var (channel, framing, _) = Open();

        channel.Tell(Drain.Instance);

        Assert.Equal(ErrorCode.Unavailable, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_draining_node_refuses_a_channel_that_is_not_open_yet()
    {
        var (channel, framing, _) = Start();

        channel.Tell(Drain.Instance);

        Assert.Equal(FrameType.Refused, ExpectFrame(framing).Type);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_violation_in_a_message_closes_the_channel_with_its_code_and_ends_the_batch()
    {
        var (channel, framing, service) = Open();

        channel.Tell(Frames(Text(FrameType.Message, "violate"), Text(FrameType.Message, "after")));

        var batch = framing.ExpectMsg<SendFrames>();
        Assert.Equal(new ChannelClosed(ErrorCode.Invalid, "not so"), ClosedOf(Assert.Single(batch.Frames)));
        ExpectTerminated(channel);
        Assert.False(service.HasMessages);
    }

    [Theory]
    [InlineData(FrameType.Opened)]
    [InlineData(FrameType.ExtendedData)]
    public void A_frame_that_a_client_does_not_send_is_a_violation(FrameType type)
    {
        var (channel, framing, _) = Open();

        channel.Tell(Frames(Text(type, "{}")));

        Assert.Equal(ErrorCode.ProtocolViolation, ClosedOf(ExpectFrame(framing)).Code);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_failing_channel_stops_without_a_close()
    {
        var (channel, framing, _) = Open();

        EventFilter.Exception<InvalidOperationException>().ExpectOne(
            () => channel.Tell(Frames(Text(FrameType.Message, "fail"))));

        ExpectTerminated(channel);
        Assert.False(framing.HasMessages);
    }
}
