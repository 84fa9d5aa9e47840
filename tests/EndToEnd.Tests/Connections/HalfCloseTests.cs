using System.Text;
using System.Text.Json.Serialization.Metadata;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.EndToEnd.Tests.Connections;

/// <summary>A client that has said all, and shuts its side, still gets all its answers, and then the end.</summary>
public sealed class HalfCloseTests
{
    [Fact]
    public async Task Everything_asked_before_the_end_is_answered()
    {
        await using var server = await ServerFixture.StartAsync();
        var file = Content.Of(3 * Content.MiB, seed: 1);
        await File.WriteAllBytesAsync(server.PathOf("file"), file);
        using var peer = await server.LoginRawAsync();
        await peer.OpenAsync(1, ServiceNames.Echo);
        var sent = Content.Of(Content.MiB, seed: 2);

        await peer.SendAsync(RawChannels.DataInPieces(1, sent));
        await peer.SendAsync(
            RawChannels.Open(
                2, ServiceNames.Exec, new ExecRequest(Shell: "cat; echo done; exit 7"),
                ProtocolJsonContext.Default.ExecRequest, ProtocolLimits.MaxWindow),
            RawChannels.Open<FileRequest>(
                3, ServiceNames.Files, new GetFile("file"),
                ProtocolJsonContext.Default.FileRequest, ProtocolLimits.MaxWindow),
            RawChannels.Ping("last"));
        peer.FinishSending();

        var frames = await peer.ReadToEndAsync();
        Assert.Equal(sent, frames.DataOf(1));
        Assert.Equal("done\n", Encoding.ASCII.GetString(frames.DataOf(2)));
        Assert.Equal(file, frames.DataOf(3));
        Assert.Equal("last", Encoding.ASCII.GetString(frames.Single(f => f.Type == FrameType.Pong).Payload.Span));
        var ended = Message(frames, 2, ProtocolJsonContext.Default.ExecEvent);
        Assert.Equal(7, Assert.IsType<CommandEnded>(ended).ExitCode);
        var gotten = Message(frames, 3, ProtocolJsonContext.Default.FileEvent);
        Assert.Equal(Content.Sha256(file), Assert.IsType<FileSent>(gotten).Sha256);
        for (var channel = 1u; channel <= 3; channel++)
            Assert.Equal(FrameType.Close, frames.Last(f => f.Channel == channel).Type);
        Assert.Equal(FrameType.Goodbye, frames[^1].Type);
    }

    [Fact]
    public async Task An_end_within_a_frame_ends_the_connection_and_nothing_else()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var bystander = await Bystander.StartAsync(server);
        using var peer = await server.LoginRawAsync();
        await peer.OpenAsync(1, ServiceNames.Echo);
        await peer.SendBytesAsync(FrameWriter.ToArray(RawChannels.Data(1, "cut off here"u8.ToArray())).AsMemory(..^5));

        peer.FinishSending();

        Assert.Equal(FrameType.Goodbye, (await peer.ReadToEndAsync())[^1].Type);
        await bystander.ExpectUndisturbedAsync();
    }

    private static T Message<T>(IEnumerable<Frame> frames, uint channel, JsonTypeInfo<T> type) =>
        ProtocolJson.Decode(frames.Single(f => f.Type == FrameType.Message && f.Channel == channel).Payload, type);
}
