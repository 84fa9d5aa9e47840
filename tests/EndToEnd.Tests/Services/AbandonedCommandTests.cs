using System.Text;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Services;

/// <summary>A client that goes without a word takes its commands with it, and all they started.</summary>
public sealed class AbandonedCommandTests
{
    [Theory]
    [InlineData("sleep 1000 & echo started; wait")]
    [InlineData("trap '' TERM; sleep 1000 & echo started; wait; wait")]
    [InlineData("echo started; cat >/dev/null; sleep 1000")]
    [InlineData("echo started; cat /dev/zero")]
    public async Task A_broken_connection_ends_the_whole_process_group(string line)
    {
        await using var server = await ServerFixture.StartAsync("actornet.exec.kill-grace=200ms");
        using var peer = await StartAsync(server, line);
        Assert.NotEmpty(server.Processes.Alive());

        peer.Reset();

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
    }

    [Theory]
    [InlineData("sleep 1000 & echo started; wait")]
    [InlineData("trap '' TERM; sleep 1000 & echo started; wait; wait")]
    [InlineData("echo started; cat >/dev/null; sleep 1000")]
    [InlineData("echo started; cat /dev/zero")]
    public async Task A_connection_that_closes_without_goodbye_ends_the_whole_process_group(string line)
    {
        await using var server = await ServerFixture.StartAsync(
            "actornet.exec.kill-grace=200ms", "actornet.connections.half-close-linger=1s");
        using var peer = await StartAsync(server, line);
        Assert.NotEmpty(server.Processes.Alive());

        peer.Dispose();

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
    }

    [Fact]
    public async Task A_closed_channel_ends_its_command_and_no_other()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var other = await client.ExecAsync(new ExecRequest(["cat"])).InTime();
        var abandoned = await client.ExecAsync(new ExecRequest(Shell: "sleep 1000 & echo started; wait")).InTime();
        Assert.Equal("started", await abandoned.StandardOutput.ReadLineAsync());

        await abandoned.DisposeAsync();

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time, other.Pid));
        await other.StandardInput.WriteAsync("still here\n"u8.ToArray()).InTime();
        Assert.Equal("still here", await other.StandardOutput.ReadLineAsync());
    }

    private static async Task<RawPeer> StartAsync(ServerFixture server, string line)
    {
        var peer = await server.LoginRawAsync();
        var request = new ExecRequest(Shell: line);
        await peer.OpenAsync(1, ServiceNames.Exec, request, ProtocolJsonContext.Default.ExecRequest, 64 * Content.KiB);
        var said = Encoding.ASCII.GetString(await peer.ReadDataAsync("started\n".Length));
        Assert.StartsWith("started\n", said, StringComparison.Ordinal);
        return peer;
    }
}
