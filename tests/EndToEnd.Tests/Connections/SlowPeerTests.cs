using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Connections;

/// <summary>Who does not read, or says nothing, costs the node bounded memory and time, and others nothing.</summary>
public sealed class SlowPeerTests
{
    [Fact]
    public async Task A_chatter_that_grants_no_window_loses_its_channel_and_the_room_goes_on()
    {
        const int window = 512 * Content.KiB, texts = 60;
        await using var server = await ServerFixture.StartAsync();
        using var slow = await server.LoginRawAsync();
        var options = new ChatOptions("Slow");
        await slow.OpenAsync(1, ServiceNames.Chat, options, ProtocolJsonContext.Default.ChatOptions, window);
        await slow.SendAsync(RawChannels.Message(1, new JoinRoom(1, "lobby"), ProtocolJsonContext.Default.ChatRequest));
        await slow.ReadAsync(FrameType.Message);
        await using var client = await server.ConnectAsync();
        await using var chat = await client.OpenChatAsync().InTime();
        await chat.JoinAsync("lobby").InTime();
        var text = new string('x', 32 * Content.KiB);
        using var deadline = new CancellationTokenSource(Deadline.Time);
        var heard = chat.ReadEventsAsync(deadline.Token).OfType<RoomMessage>().Take(texts).CountAsync(deadline.Token);

        for (var i = 0; i < texts; i++) await chat.SayAsync("lobby", text).InTime();

        Assert.Equal(texts, await heard);
        var received = await UntilCloseAsync(slow);
        Assert.Equal(ErrorCode.SlowConsumer, received.Closed.Code);
        Assert.InRange(received.Bytes, 1, window);
        Assert.Equal(["admin"], (await chat.WhoPageAsync("lobby").InTime()).Members.Select(m => m.Name));
    }

    [Fact]
    public async Task A_client_that_reads_nothing_from_its_socket_is_cut_off_with_its_command()
    {
        await using var server = await ServerFixture.StartAsync(
            "actornet.connections.write-timeout=1s", "actornet.exec.kill-grace=200ms");
        await using var bystander = await Bystander.StartAsync(server);
        using var peer = await server.LoginRawAsync();
        var endless = new ExecRequest(["cat", "/dev/zero"]);
        await peer.OpenAsync(1, ServiceNames.Exec, endless, ProtocolJsonContext.Default.ExecRequest);
        Assert.NotEmpty(server.Processes.Alive());

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));

        await bystander.ExpectUndisturbedAsync();
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_asked_and_then_told_goodbye()
    {
        await using var server = await ServerFixture.StartAsync(
            "actornet.connections.ping-interval=1s", "actornet.connections.idle-timeout=2s");
        await using var bystander = await server.ConnectAsync();
        using var peer = await server.LoginRawAsync();

        var frames = await peer.ReadToEndAsync();

        Assert.Equal(FrameType.Ping, frames[0].Type);
        var goodbye = ProtocolJson.Decode(frames[^1].Payload, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(ErrorCode.Timeout, goodbye.Code);
        // As silent, but it has answered.
        await bystander.PingAsync().InTime();
    }

    private static async Task<(int Bytes, ChannelClosed Closed)> UntilCloseAsync(RawPeer peer)
    {
        for (var bytes = 0; ;)
        {
            var frame = await peer.ReadAsync() ?? throw new InvalidDataException("CLOSE expected, came the end");
            if (frame.Type == FrameType.Close)
                return (bytes, ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed));
            bytes += frame.WindowCost;
        }
    }
}
