using System.Text;
using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Services;

public sealed class EchoTests
{
    private const int Window = 1000;
    private const int Held = 64 * Content.KiB;

    [Fact]
    public async Task A_node_tells_who_it_is_and_answers_pings()
    {
        await using var server = await ServerFixture.StartAsync("actornet.node.name=tester");
        await using var client = await server.ConnectAsync();

        Assert.Equal("tester", client.Node);
        Assert.Equal("admin", client.Account);
        Assert.Equal(["account", "admin", "chat", "echo", "exec", "files"], client.Services);
        Assert.True(await client.PingAsync().InTime() > TimeSpan.Zero);
    }

    [Fact]
    public async Task Sixteen_channels_at_once_get_back_each_its_own_bytes()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(1, 16).Select(async seed =>
        {
            var bytes = Content.Of((256 * Content.KiB) + seed, seed);
            Assert.Equal(bytes, await EchoAsync(client, bytes));
        })).InTime();
    }

    [Fact]
    public async Task A_channel_that_nobody_reads_loses_nothing_and_holds_up_no_other()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var stalled = await client.OpenEchoAsync().InTime();
        var most = Content.Of(8 * Content.MiB, seed: 1);
        var writing = WriteAsync(stalled.Input, most);

        var others = Content.Of(Content.MiB, seed: 2);
        Assert.Equal(others, await EchoAsync(client, others));
        await client.PingAsync().InTime();
        Assert.False(writing.IsCompleted);

        Assert.Equal(most, await stalled.Output.ReadAllAsync());
        await writing.InTime();
    }

    [Fact]
    public async Task A_used_up_window_holds_up_its_channel_and_neither_another_nor_a_ping()
    {
        await using var server = await ServerFixture.StartAsync();
        using var peer = await server.LoginRawAsync();
        await peer.OpenAsync(1, ServiceNames.Echo, Window);
        var held = Content.Of(Held, seed: 1);
        await peer.SendAsync(RawChannels.Data(1, held));
        Assert.Equal(held[..Window], await peer.ReadDataAsync(Window));

        await peer.OpenAsync(2, ServiceNames.Echo);
        var other = Content.Of(Held, seed: 2);
        await peer.SendAsync(RawChannels.Data(2, other), RawChannels.Ping("still there?"));
        Assert.Equal(other, await ReadDataBesidePongAsync(peer, "still there?", Held));

        await peer.SendAsync(RawChannels.Window(1, Held - Window));
        Assert.Equal(held[Window..], await peer.ReadDataAsync(Held - Window));
    }

    [Fact]
    public async Task Clients_that_are_killed_in_the_middle_of_it_leave_nothing_behind()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var bystander = await Bystander.StartAsync(server);
        var bytes = Content.Of(256 * Content.KiB, seed: 1);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var peer = await server.LoginRawAsync();
            await peer.OpenAsync(1, ServiceNames.Echo);
            await peer.SendAsync(RawChannels.Data(1, bytes), RawChannels.Data(1, bytes));
            await peer.ReadDataAsync(1);
            peer.Reset();
        }));

        await bystander.ExpectUndisturbedAsync();
    }

    private static async Task<byte[]> EchoAsync(ActorNetClient client, byte[] bytes)
    {
        await using var echo = await client.OpenEchoAsync().InTime();
        var writing = WriteAsync(echo.Input, bytes);
        var back = await echo.Output.ReadAllAsync();
        await writing.InTime();
        return back;
    }

    private static async Task WriteAsync(Stream input, byte[] bytes)
    {
        await input.WriteAsync(bytes);
        await input.DisposeAsync();
    }

    // The PONG may come before, between and after the pieces.
    private static async Task<byte[]> ReadDataBesidePongAsync(RawPeer peer, string ping, int count)
    {
        var data = new List<byte>();
        var pong = "";
        while (data.Count < count || pong.Length == 0)
        {
            var frame = await peer.ReadAsync();
            if (frame is { Type: FrameType.Data, Channel: 2 } piece) data.AddRange(piece.Payload.ToArray());
            else if (frame is { Type: FrameType.Pong } answer) pong = Encoding.ASCII.GetString(answer.Payload.Span);
            else Assert.Equal(FrameType.Window, frame?.Type);
        }

        Assert.Equal(ping, pong);
        return [.. data];
    }
}
