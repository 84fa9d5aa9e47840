using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Connections;

public sealed class ConnectionTests : IDisposable
{
    private readonly FakeServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Ping_of_the_server_is_answered_with_its_payload()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        await peer.SendAsync(new Frame(FrameType.Ping, 0, new byte[] { 1, 2, 3 }));
        Assert.Equal(new byte[] { 1, 2, 3 }, (await peer.ExpectAsync(FrameType.Pong)).Payload.ToArray());
        await peer.SendAsync(new Frame(FrameType.Ping, 0, default));
        Assert.Equal(0, (await peer.ExpectAsync(FrameType.Pong)).Payload.Length);
    }

    [Fact]
    public async Task Server_that_asks_without_end_and_reads_no_answer_is_left()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        var ping = FrameWriter.ToArray(new Frame(FrameType.Ping, 0, new byte[ProtocolLimits.MaxPingPayload]));
        byte[] many = [.. Enumerable.Repeat(ping, 4096).SelectMany(p => p)];
        var opening = client.OpenEchoAsync();
        var flood = FloodAsync();

        var e = await Assert.ThrowsAsync<ConnectionLostException>(() => opening.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.SlowConsumer, e.Code);
        peer.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => flood);

        // Until the client leaves: then nothing is read any more, and the last of it hangs until the socket is closed.
        async Task FloodAsync()
        {
            while (true) await peer.SendBytesAsync(many);
        }
    }

    [Fact]
    public async Task Ping_takes_the_time_until_its_own_pong()
    {
        var time = new ManualTime();
        var (client, peer) = await _server.ConnectAsync(_server.Options with { TimeProvider = time });
        await using var _ = client;
        using var __ = peer;
        var first = client.PingAsync();
        var second = client.PingAsync();
        var firstPing = await peer.ExpectAsync(FrameType.Ping);
        var secondPing = await peer.ExpectAsync(FrameType.Ping);
        time.Advance(TimeSpan.FromMilliseconds(5));
        await peer.SendAsync(secondPing with { Type = FrameType.Pong });
        Assert.Equal(TimeSpan.FromMilliseconds(5), await second.WaitAsync(FakeServer.Patience));
        Assert.False(first.IsCompleted);
        await peer.SendAsync(firstPing with { Type = FrameType.Pong });
        await first.WaitAsync(FakeServer.Patience);
    }

    [Fact]
    public async Task Goodbye_of_the_server_ends_everything_pending_with_its_reason()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        var ping = client.PingAsync();
        var opening = client.OpenEchoAsync();
        await peer.ExpectAsync(FrameType.Ping);
        await peer.ExpectAsync(FrameType.Open);
        await peer.SendAsync(new Goodbye(ErrorCode.Unavailable, "the node is stopping").ToFrame());
        foreach (var pending in new Task[] { ping, opening })
        {
            var e = await Assert.ThrowsAsync<ConnectionLostException>(() => pending.WaitAsync(FakeServer.Patience));
            Assert.Equal(ErrorCode.Unavailable, e.Code);
            Assert.Contains("the node is stopping", e.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ConnectionLostException>(() => client.OpenEchoAsync());
        await Assert.ThrowsAsync<ConnectionLostException>(() => client.PingAsync());
    }

    [Fact]
    public async Task Connection_lost_ends_everything_pending()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        var opening = client.OpenEchoAsync();
        await peer.OpenAsync();
        await using var echo = await opening;
        var reading = echo.Output.ReadAsync(new byte[10]).AsTask();
        var ping = client.PingAsync();
        await peer.ExpectAsync(FrameType.Ping);
        peer.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        peer.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => reading.WaitAsync(FakeServer.Patience));
        await Assert.ThrowsAsync<ConnectionLostException>(() => ping.WaitAsync(FakeServer.Patience));
        await Assert.ThrowsAsync<ConnectionLostException>(() => echo.Input.WriteAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task Dispose_says_goodbye_and_closes()
    {
        var (client, peer) = await _server.ConnectAsync();
        var closing = client.DisposeAsync();
        var goodbye = await peer.ExpectAsync(FrameType.Goodbye, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(new Goodbye(), goodbye);
        await peer.ExpectEndAsync();
        peer.Dispose();
        await closing.AsTask().WaitAsync(FakeServer.Patience);
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData(FrameType.Data, 7u)]
    [InlineData(FrameType.Hello, 0u)]
    [InlineData(FrameType.Auth, 0u)]
    public async Task Frame_out_of_place_ends_the_connection_with_protocol_violation(FrameType type, uint channel)
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        var ping = client.PingAsync();
        await peer.ExpectAsync(FrameType.Ping);
        await peer.SendAsync(new Frame(type, channel, "{}"u8.ToArray()));
        var goodbye = await peer.ExpectAsync(FrameType.Goodbye, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(ErrorCode.ProtocolViolation, goodbye.Code);
        await Assert.ThrowsAsync<ConnectionLostException>(() => ping.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Silent_server_is_asked_after_30_seconds_and_lost_after_75()
    {
        var time = new ManualTime();
        var (client, peer) = await _server.ConnectAsync(_server.Options with { TimeProvider = time });
        await using var _ = client;
        using var __ = peer;
        var opening = client.OpenEchoAsync();
        await peer.ExpectAsync(FrameType.Open);
        time.Advance(TimeSpan.FromSeconds(15));
        await peer.ExpectNothingBeforePongAsync();
        time.Advance(TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));
        await peer.ExpectAsync(FrameType.Ping);
        Assert.False(opening.IsCompleted);
        for (var i = 0; i < 4; i++) time.Advance(TimeSpan.FromSeconds(15));
        var e = await Assert.ThrowsAsync<ConnectionLostException>(() => opening.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.Timeout, e.Code);
    }

    [Fact]
    public async Task Refused_channel_is_an_error_with_the_code_and_the_connection_goes_on()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        var opening = client.OpenEchoAsync();
        var (channel, open) = await peer.ExpectOpenAsync();
        Assert.Equal(ServiceNames.Echo, open.Service);
        await peer.SendAsync(new ChannelRefused(ErrorCode.TooMany, "64 channels are open").ToFrame(channel));
        var e = await Assert.ThrowsAsync<ActorNetException>(() => opening);
        Assert.Equal(ErrorCode.TooMany, e.Code);
        Assert.Equal("64 channels are open", e.Message);
        await peer.ExpectNothingBeforePongAsync();
    }
}
