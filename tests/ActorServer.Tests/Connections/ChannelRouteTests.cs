using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

public sealed class ChannelRouteTests
{
    private static readonly Frame Eof = FramingBench.Eof(1);
    private static readonly Frame Close = FramingBench.Close(1);

    private readonly ChannelRoute _route = new(1, ActorRefs.Nobody, new ChannelWindow(1000, 1000));

    private ChannelRoute Opened()
    {
        _route.Sending(FrameType.Opened);
        return _route;
    }

    private static Frame Data(int size) => FramingBench.Data(1, size);

    [Fact]
    public void Only_close_may_come_before_opened()
    {
        Assert.All(
            [Data(1), Eof, WindowGrant.ToFrame(1, 1)], frame => Assert.Throws<ProtocolViolationException>(() => _route.Receive(frame)));
        Assert.True(_route.Receive(Close));
    }

    [Fact]
    public void Frames_wait_in_their_order_until_they_are_taken()
    {
        Assert.True(Opened().Receive(Data(1)));
        Assert.True(_route.Receive(Eof));
        Assert.True(_route.HasPending);
        Assert.Equal([FrameType.Data, FrameType.Eof], _route.TakePending().Select(f => f.Type));
        Assert.False(_route.HasPending);
        Assert.Empty(_route.TakePending());
    }

    [Fact]
    public void More_than_the_window_is_a_violation()
    {
        Opened().Receive(Data(1000));
        Assert.Throws<ProtocolViolationException>(() => _route.Receive(Data(1)));
    }

    [Theory]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.ExtendedData)]
    [InlineData(FrameType.Eof)]
    public void After_eof_comes_no_stream_but_a_message_may(FrameType type)
    {
        Opened().Receive(Eof);
        Assert.Throws<ProtocolViolationException>(() => _route.Receive(new Frame(type, 1, new byte[1])));
        Assert.True(_route.Receive(new Frame(FrameType.Message, 1, new byte[2])));
        Assert.True(_route.Receive(WindowGrant.ToFrame(1, 1)));
        Assert.True(_route.Receive(Close));
    }

    [Theory]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.Window)]
    [InlineData(FrameType.Eof)]
    [InlineData(FrameType.Close)]
    public void After_close_comes_nothing(FrameType type)
    {
        Opened().Receive(Close);
        Assert.Throws<ProtocolViolationException>(() => _route.Receive(new Frame(type, 1, new byte[4])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_channel_ends_with_the_second_close(bool peerFirst)
    {
        Opened();
        if (peerFirst) _route.Receive(Close);
        else _route.Sending(FrameType.Close);
        Assert.False(_route.IsEnded);
        if (peerFirst) _route.Sending(FrameType.Close);
        else Assert.False(_route.Receive(Close));
        Assert.True(_route.IsEnded);
    }

    [Fact]
    public void A_refusal_is_the_end()
    {
        _route.Sending(FrameType.Refused);
        Assert.True(_route.IsClosed);
        Assert.True(_route.IsEnded);
    }

    [Fact]
    public void A_finished_peer_has_said_eof_and_close()
    {
        Assert.True(Opened().PeerFinished());
        Assert.False(_route.PeerFinished());
        Assert.False(_route.IsEnded);
        _route.Sending(FrameType.Close);
        Assert.True(_route.IsEnded);
    }

    [Fact]
    public void A_finished_peer_after_its_eof_has_nothing_new_to_say()
    {
        Opened().Receive(Eof);
        Assert.False(_route.PeerFinished());
    }
}
