using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Connections;

/// <summary>A connection may break while anything is on its way between actors of the node; nothing is left of it.</summary>
public sealed class SuddenEndTests
{
    private const int Rounds = 30;

    private static readonly ExecRequest Command = new(Shell: "sleep 1000 & wait");

    [Fact]
    public Task During_HELLO() => BreakAsync((_, peer) => peer.SendAsync(RawPeer.Hello()));

    [Fact]
    public Task During_the_login() => BreakAsync(async (server, peer) =>
    {
        var hello = RawPeer.Hello();
        await peer.SendAsync(hello);
        await peer.SendAsync(RawPeer.Auth(hello, await peer.ReadAsync(FrameType.Hello), "admin", server.Key));
    });

    [Theory]
    [InlineData(ServiceNames.Echo)]
    [InlineData(ServiceNames.Chat)]
    public Task While_a_channel_opens(string service) => BreakAsync(async (server, peer) =>
    {
        await peer.LoginAsync("admin", server.Key);
        await peer.SendAsync(new OpenChannel(service, 1).ToFrame(1), new OpenChannel(service, 1).ToFrame(2));
    });

    [Fact]
    public Task While_a_command_starts() => BreakAsync(async (server, peer) =>
    {
        await peer.LoginAsync("admin", server.Key);
        await peer.SendAsync(
            RawChannels.Open(1, ServiceNames.Exec, Command, ProtocolJsonContext.Default.ExecRequest, window: 1));
    });

    [Fact]
    public Task While_an_upload_starts() => OpenFileAsync(new PutFile("file", 1000));

    [Fact]
    public Task While_a_download_starts() => OpenFileAsync(new GetFile("file"));

    [Fact]
    public Task While_a_folder_is_listed() => OpenFileAsync(new ListFolder("/"));

    private static Task OpenFileAsync(FileRequest request) => BreakAsync(async (server, peer) =>
    {
        await File.WriteAllBytesAsync(server.PathOf("file"), new byte[1000]);
        await peer.LoginAsync("admin", server.Key);
        await peer.SendAsync(
            RawChannels.Open(1, ServiceNames.Files, request, ProtocolJsonContext.Default.FileRequest, window: 1));
    });

    private static async Task BreakAsync(Func<ServerFixture, RawPeer, Task> reach)
    {
        await using var server = await ServerFixture.StartAsync("actornet.exec.kill-grace=200ms");
        for (var round = 0; round < Rounds; round++)
        {
            using var peer = await server.ConnectRawAsync();
            await reach(server, peer);
            peer.Reset();
        }

        Assert.Empty(await server.LeftAsync());
    }
}
