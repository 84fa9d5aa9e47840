using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Services;

/// <summary>An upload that does not end well leaves its target as it was, and nothing else.</summary>
public sealed class AbandonedUploadTests
{
    // Less than the first window, so that no WINDOW has to be waited for.
    private const int Size = 512 * Content.KiB;
    private const string Before = "what stood here before";

    [Fact]
    public Task A_broken_connection_leaves_the_target_as_it_was() => AbandonAsync(peer => peer.Reset());

    [Fact]
    public Task A_connection_closed_without_goodbye_leaves_the_target_as_it_was() =>
        AbandonAsync(peer => peer.Dispose());

    [Fact]
    public async Task A_closed_channel_leaves_the_target_as_it_was()
    {
        await using var server = await ServerFixture.StartAsync();
        using var peer = await StartAsync(server);

        await peer.SendAsync(new ChannelClosed().ToFrame(1));
        await peer.ReadAsync(FrameType.Close, ProtocolJsonContext.Default.ChannelClosed);

        peer.Dispose();
        await ExpectAsBeforeAsync(server);
    }

    [Fact]
    public async Task A_wrong_hash_is_a_conflict_and_leaves_the_target_as_it_was()
    {
        await using var server = await ServerFixture.StartAsync();
        using var peer = await StartAsync(server);

        var wrong = new CommitFile(Content.Sha256("something else"u8));
        await peer.SendAsync(RawChannels.DataInPieces(1, Content.Of(Size / 2, seed: 2)));
        await peer.SendAsync(
            RawChannels.Message<FileCommand>(1, wrong, ProtocolJsonContext.Default.FileCommand));

        var closed = await peer.ReadAsync(FrameType.Close, ProtocolJsonContext.Default.ChannelClosed);
        Assert.Equal(ErrorCode.Conflict, closed.Code);
        peer.Dispose();
        await ExpectAsBeforeAsync(server);
    }

    private static async Task AbandonAsync(Action<RawPeer> abandon)
    {
        await using var server = await ServerFixture.StartAsync("actornet.connections.half-close-linger=1s");
        using var peer = await StartAsync(server);
        Assert.Single(server.Partials);

        abandon(peer);

        await ExpectAsBeforeAsync(server);
    }

    private static async Task ExpectAsBeforeAsync(ServerFixture server)
    {
        Assert.Empty(await server.LeftAsync());
        Assert.Empty(server.Partials);
        Assert.Equal(Before, await File.ReadAllTextAsync(server.PathOf("target")));
    }

    // Half of what was announced is on its way.
    private static async Task<RawPeer> StartAsync(ServerFixture server)
    {
        await File.WriteAllTextAsync(server.PathOf("target"), Before);
        var peer = await server.LoginRawAsync();
        FileRequest put = new PutFile("target", Size);
        await peer.OpenAsync(1, ServiceNames.Files, put, ProtocolJsonContext.Default.FileRequest);
        await peer.SendAsync(RawChannels.DataInPieces(1, Content.Of(Size / 2, seed: 1)));
        return peer;
    }
}
