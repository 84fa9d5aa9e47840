using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionChannelTests : ActorSpec
{
    [Fact]
    public void A_channel_is_told_who_opened_it_and_with_what()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(ConnectionBench.Open(7, window: 4321));
        var context = bench.Service.ExpectMsg<ChannelContext>();
        Assert.Equal(7u, context.Id);
        Assert.Equal(ConnectionBench.Account, context.Account);
        Assert.EndsWith("/conn-1", context.ConnectionId, StringComparison.Ordinal);
        Assert.Equal(4321u, context.Open.Window);
        Assert.Equal("ch-7", bench.Service.Sender.Path.Name);
    }

    [Fact]
    public void An_unknown_service_is_refused_and_named_are_those_there_are()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(ConnectionBench.Open(1, "nowhere"));
        var refused = bench.ExpectRefused(1);
        Assert.Equal(ErrorCode.NotFound, refused.Code);
        Assert.Contains("probe", refused.Message, StringComparison.Ordinal);
        bench.OpenChannel(1);
    }

    [Fact]
    public void One_channel_more_than_allowed_is_refused_until_one_is_closed()
    {
        var bench = new ConnectionBench(this).Login();
        for (uint i = 1; i <= TestLimits.Channel.MaxPerConnection; i++) bench.OpenChannel(i);
        var last = bench.Service.Sender;
        bench.Transport.Deliver(ConnectionBench.Open(99));
        Assert.Equal(ErrorCode.TooMany, bench.ExpectRefused(99).Code);

        Watch(last);
        last.Tell(new ConnectionBench.EndChannel(FramingBench.Close(4)));
        bench.Transport.ExpectFrame(FrameType.Close);
        ExpectTerminated(last);
        bench.Transport.Deliver(ConnectionBench.Open(99));
        Assert.Equal(ErrorCode.TooMany, bench.ExpectRefused(99).Code);
        bench.Transport.Deliver(FramingBench.Close(4));
        bench.OpenChannel(99);
    }

    [Fact]
    public void A_number_in_use_is_a_violation()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        bench.Transport.Deliver(ConnectionBench.Open(1));
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void An_open_that_is_taken_back_in_the_same_read_ends_on_both_sides()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(ConnectionBench.Open(1), FramingBench.Close(1));
        bench.Service.ExpectMsg<ChannelContext>();
        bench.Service.ExpectMsg<StartChannel>();
        Assert.Equal(FrameType.Close, Assert.Single(bench.Service.ExpectMsg<ChannelFrames>().Frames).Type);
        bench.Service.Sender.Tell(new ConnectionBench.EndChannel(FramingBench.Close(1)));
        bench.Transport.ExpectFrame(FrameType.Close);
        bench.OpenChannel(1);
    }

    [Fact]
    public void Two_opens_of_one_number_in_one_read_are_a_violation()
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(ConnectionBench.Open(1), ConnectionBench.Open(1));
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
    }

    [Theory]
    [InlineData(int.MaxValue, true)]
    [InlineData(int.MaxValue + 1u, false)]
    public void A_window_is_at_most_what_the_protocol_says(uint window, bool allowed)
    {
        var bench = new ConnectionBench(this).Login();
        bench.Transport.Deliver(ConnectionBench.Open(1, window: window));
        if (allowed) bench.Service.ExpectMsg<ChannelContext>();
        else Assert.Equal(ErrorCode.Invalid, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_number_is_used_again_while_the_actor_before_is_still_ending()
    {
        var bench = new ConnectionBench(this).Login();
        for (var i = 0; i < 20; i++)
        {
            bench.OpenChannel(1);
            bench.Service.Sender.Tell(new ConnectionBench.EndChannel(FramingBench.Close(1)));
            bench.Transport.ExpectFrame(FrameType.Close);
            bench.Transport.Deliver(FramingBench.Close(1));
        }

        bench.OpenChannel(1);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void A_channel_that_fails_is_closed_with_internal_and_disturbs_no_other()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        var failing = bench.Service.Sender;
        bench.OpenChannel(2);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => failing.Tell(new ConnectionBench.EndChannel(null)));
        Assert.Equal(1u, bench.Transport.ExpectFrame(FrameType.Close).Channel);
        bench.Transport.Deliver(FramingBench.Data(2, 5));
        bench.Service.ExpectMsg<ChannelFrames>();
        bench.Transport.Deliver(FramingBench.Close(1));
        bench.OpenChannel(1);
    }

    [Fact]
    public void While_draining_newcomers_are_refused_and_what_is_open_goes_on()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        bench.Listener.Send(bench.Actor, Drain.Instance);
        bench.Service.ExpectMsg<Drain>();
        bench.Transport.Deliver(ConnectionBench.Open(2));
        Assert.Equal(ErrorCode.Unavailable, bench.ExpectRefused(2).Code);
        bench.Transport.Deliver(FramingBench.Data(1, 5));
        bench.Service.ExpectMsg<ChannelFrames>();
        bench.Service.Sender.Tell(new ConnectionBench.EndChannel(FramingBench.Close(1)));
        bench.Transport.ExpectFrame(FrameType.Close);
        Assert.Equal(ErrorCode.Unavailable, bench.Transport.ExpectGoodbye());
    }
}
