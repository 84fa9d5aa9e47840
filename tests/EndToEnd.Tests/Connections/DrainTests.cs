using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.EndToEnd.Tests.Connections;

/// <summary>A node that is told to stop finishes what is in progress, and takes on nothing new.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_get_a_put_and_a_command_in_progress_are_finished_and_newcomers_refused()
    {
        await using var server = await ServerFixture.StartAsync();
        var file = Content.Of(16 * Content.MiB, seed: 1);
        await File.WriteAllBytesAsync(server.PathOf("down"), file);
        await using var client = await server.ConnectAsync();
        using var down = new GatedStream();
        using var up = new GatedStream(Content.Of(4 * Content.MiB, seed: 2));
        var getting = client.GetFileAsync("down", down);
        var putting = client.PutFileAsync(up, 4 * Content.MiB, "up");
        await using var command = await client.ExecAsync(
            new ExecRequest(Shell: "read word; echo got $word; exit 5")).InTime();
        await Task.WhenAll(down.Reached, up.Reached).InTime();

        var stopping = server.StopAsync();
        await server.Console.LineAsync("Draining 1 connection").InTime();

        using (var newcomer = await server.ConnectRawAsync())
            Assert.Equal(ErrorCode.Unavailable, (await newcomer.ReadGoodbyeAndEndAsync()).Code);
        var refused = await Assert.ThrowsAsync<ActorNetException>(() => client.OpenEchoAsync().InTime());
        Assert.Equal(ErrorCode.Unavailable, refused.Code);
        Assert.False(stopping.IsCompleted);

        await command.StandardInput.WriteAsync("it\n"u8.ToArray()).InTime();
        down.Open();
        up.Open();
        Assert.Equal("got it\n", await command.StandardOutput.ReadTextAsync());
        Assert.Equal(5, (await command.Completion.InTime()).ExitCode);
        Assert.Equal(Content.Sha256(file), (await getting.InTime()).Sha256);
        Assert.Equal(4 * Content.MiB, (await putting.InTime()).Size);
        await stopping.InTime();
        Assert.Equal(4 * Content.MiB, new FileInfo(server.PathOf("up")).Length);
    }

    [Fact]
    public async Task An_idle_chatter_is_told_at_once_that_the_node_stops()
    {
        await using var server = await ServerFixture.StartAsync("actornet.shutdown.drain-timeout=1h");
        using var peer = await server.LoginRawAsync();
        await peer.OpenAsync(1, ServiceNames.Chat, new ChatOptions("Idle"), ProtocolJsonContext.Default.ChatOptions);
        await peer.SendAsync(RawChannels.Message(1, new JoinRoom(1, "lobby"), ProtocolJsonContext.Default.ChatRequest));
        await peer.ReadAsync(FrameType.Message);

        var stopping = server.StopAsync();

        var closed = await peer.ReadAsync(FrameType.Close, ProtocolJsonContext.Default.ChannelClosed);
        Assert.Equal(ErrorCode.Unavailable, closed.Code);
        await peer.SendAsync(new ChannelClosed().ToFrame(1));
        Assert.Equal(ErrorCode.Unavailable, (await peer.ReadGoodbyeAndEndAsync()).Code);
        peer.Dispose();
        await stopping.InTime();
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_stopped_after_the_drain_timeout()
    {
        await using var server = await ServerFixture.StartAsync(
            "actornet.shutdown.drain-timeout=300ms", "actornet.exec.kill-grace=200ms",
            "actornet.connections.close-timeout=1s");
        using var peer = await server.LoginRawAsync();
        var request = new ExecRequest(Shell: "trap '' TERM; sleep 1000 & echo started; wait; wait");
        await peer.OpenAsync(1, ServiceNames.Exec, request, ProtocolJsonContext.Default.ExecRequest);
        await peer.ReadDataAsync("started\n".Length);

        await server.StopAsync().InTime();

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
    }

    [Fact]
    public async Task A_client_that_never_reads_does_not_keep_the_node_from_stopping()
    {
        await using var server = await ServerFixture.StartAsync("actornet.shutdown.drain-timeout=300ms");
        await File.WriteAllBytesAsync(server.PathOf("file"), Content.Of(32 * Content.MiB, seed: 1));
        await using var client = await server.ConnectAsync();
        using var gated = new GatedStream();
        var getting = client.GetFileAsync("file", gated);
        await gated.Reached.InTime();

        await server.StopAsync().InTime();

        gated.Open();
        await Assert.ThrowsAnyAsync<ActorNetException>(() => getting.InTime());
    }
}
