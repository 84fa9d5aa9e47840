using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

/// <summary>A node that stops: over real sockets, nobody loses what was owed.</summary>
public abstract class DrainOverSocketSpec : SocketNode
{
    [Fact]
    public async Task A_drain_lets_what_was_received_be_answered_and_refuses_newcomers()
    {
        Start();
        using var peer = await OpenEchoAsync(window: 0);
        await peer.SendAsync(Data([1, 2, 3]), FramingBench.Ping());
        await peer.ReadAsync(FrameType.Pong);
        Listener.Tell(Drain.Instance);
        CountLive();
        await ExpectRefusedAsync();

        await peer.SendAsync(WindowGrant.ToFrame(1, 100));
        Assert.Equal([1, 2, 3], await peer.ReadDataAsync(3));
        await peer.ReadAsync(FrameType.Close);
        Assert.Equal(ErrorCode.Unavailable, (await peer.ReadGoodbyeAndEndAsync()).Code);
        peer.FinishSending();
        ExpectEmpty();
    }

    [Fact]
    public async Task A_drain_ends_at_the_close_timeout_with_a_client_that_never_closes()
    {
        Start();
        using var peer = await OpenEchoAsync();
        Listener.Tell(Drain.Instance);
        ExpectEmpty();
        Assert.Equal(ErrorCode.Unavailable, ProtocolCode(await peer.ReadAsync(FrameType.Close)));
        await peer.ReadAsync(FrameType.Goodbye);
    }

    [Fact]
    public async Task A_slow_reader_that_is_owed_3_MiB_gets_all_of_it_during_a_drain()
    {
        const int owed = 3 * 1024 * 1024;
        Start(Limits with { CloseTimeout = TimeSpan.FromSeconds(10) }, window: new ChannelWindow(owed, owed));
        using var peer = await OpenEchoAsync(window: 0, receiveBuffer: 4096);
        var payload = Pattern(owed);
        await peer.SendAsync([.. payload.Chunk(ProtocolLimits.MaxPayload).Select(Data), FramingBench.Ping(1)]);
        await peer.ReadAsync(FrameType.Pong);
        Listener.Tell(Drain.Instance);
        // The grant, and then something stray that lies unread in the server's socket when it closes.
        await peer.SendAsync(WindowGrant.ToFrame(1, owed), FramingBench.Ping(2));

        var frames = await peer.ReadToEndAsync();
        Assert.True(payload.AsSpan().SequenceEqual(
            frames.Where(f => f.Type == FrameType.Data).SelectMany(f => f.Payload.ToArray()).ToArray()));
        Assert.Equal(FrameType.Goodbye, frames[^1].Type);
        peer.FinishSending();
        ExpectEmpty();
    }

    [Fact]
    public async Task What_the_kernel_has_taken_reaches_a_reader_slower_than_the_close_timeout()
    {
        const int owed = 1024 * 1024;
        Start(window: new ChannelWindow(owed, owed));
        using var peer = await OpenEchoAsync(window: 0, receiveBuffer: 4096);
        var payload = Pattern(owed);
        await peer.SendAsync([.. payload.Chunk(ProtocolLimits.MaxPayload).Select(Data), FramingBench.Ping(1)]);
        await peer.ReadAsync(FrameType.Pong);
        Listener.Tell(Drain.Instance);
        await peer.SendAsync(WindowGrant.ToFrame(1, owed));
        ExpectEmpty();

        var frames = await peer.ReadToEndAsync();
        Assert.True(payload.AsSpan().SequenceEqual(
            frames.Where(f => f.Type == FrameType.Data).SelectMany(f => f.Payload.ToArray()).ToArray()));
        Assert.Equal(FrameType.Goodbye, frames[^1].Type);
        ExpectNoErrors();
    }

    /// <summary>A newcomer is not taken.</summary>
    private protected abstract Task ExpectRefusedAsync();

    private static ErrorCode? ProtocolCode(in Frame close) => ProtocolJson.Decode(
        close.Payload, ProtocolJsonContext.Default.ChannelClosed).Code;
}
