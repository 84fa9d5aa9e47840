using System.Security.Cryptography;
using ActorNet.Client.Files;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Files;

public sealed class TransferTests : ConnectedTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700_001)]
    public async Task Get_writes_the_bytes_and_compares_the_hash(int size)
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a/b", destination);
        var channel = await OpenGetAsync(size);
        await SendInFramesAsync(channel, Bytes(size));
        await SendAsync(channel, new FileSent(size, Hash(Bytes(size))));
        await EndAsync(channel);
        var received = await getting.WaitAsync(FakeServer.Patience);
        Assert.Equal(new FileReceived(size, Hash(Bytes(size)), DateTimeOffset.UnixEpoch), received);
        Assert.Equal(Bytes(size), destination.ToArray());
    }

    [Fact]
    public async Task Get_with_another_hash_fails()
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a", destination);
        var channel = await OpenGetAsync(5);
        await Peer.SendDataAsync(channel, Bytes(5));
        await SendAsync(channel, new FileSent(5, Hash(Bytes(6))));
        await EndAsync(channel);
        var e = await Assert.ThrowsAsync<ActorNetException>(() => getting.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.Conflict, e.Code);
        Assert.Contains("SHA-256", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_that_lacks_bytes_fails()
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a", destination);
        var channel = await OpenGetAsync(5);
        await Peer.SendDataAsync(channel, Bytes(4));
        await SendAsync(channel, new FileSent(5, Hash(Bytes(4))));
        await EndAsync(channel);
        await Assert.ThrowsAsync<ActorNetException>(() => getting.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Get_of_more_than_was_announced_fails_at_once()
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a", destination);
        var channel = await OpenGetAsync(5);
        await Peer.SendDataAsync(channel, Bytes(6));
        await Assert.ThrowsAsync<ActorNetException>(() => getting.WaitAsync(FakeServer.Patience));
        Assert.Equal(channel, (await Peer.ExpectAsync(FrameType.Close)).Channel);
    }

    [Fact]
    public async Task Connection_lost_in_the_middle_fails_the_get()
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a", destination);
        var channel = await OpenGetAsync(500_000);
        await SendInFramesAsync(channel, Bytes(300_000));
        Peer.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => getting.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Cancelled_get_closes_its_channel()
    {
        using var destination = new MemoryStream();
        using var cancel = new CancellationTokenSource();
        var getting = Client.GetFileAsync("a", destination, null, cancel.Token);
        var channel = await OpenGetAsync(500);
        await Peer.SendDataAsync(channel, Bytes(100));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => getting.WaitAsync(FakeServer.Patience));
        Assert.Equal(channel, (await Peer.ExpectAsync(FrameType.Close)).Channel);
    }

    [Fact]
    public async Task Refused_get_has_the_servers_code()
    {
        using var destination = new MemoryStream();
        var getting = Client.GetFileAsync("a", destination);
        var (channel, open) = await Peer.ExpectOpenAsync();
        Assert.Equal(new GetFile("a"), ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.FileRequest));
        await Peer.SendAsync(new ChannelRefused(ErrorCode.NotFound, "there is no file a").ToFrame(channel));
        var e = await Assert.ThrowsAsync<ActorNetException>(() => getting);
        Assert.Equal(ErrorCode.NotFound, e.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600_001)]
    public async Task Put_sends_the_bytes_and_commits_their_hash(int size)
    {
        var reports = new List<TransferProgress>();
        using var source = new MemoryStream(Bytes(size));
        var putting = Client.PutFileAsync(source, size, "a/b", new Reports(reports));
        var (channel, open) = await Peer.OpenAsync();
        Assert.Equal(
            new PutFile("a/b", size), ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.FileRequest));
        Assert.Equal(Bytes(size), await Peer.ExpectDataAsync(size));
        var commit = await Peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.FileCommand);
        Assert.Equal(new CommitFile(Hash(Bytes(size))), commit);
        Assert.False(putting.IsCompleted);
        await SendAsync(channel, new FileStored(size, Hash(Bytes(size))));
        await EndAsync(channel);
        Assert.Equal(size, (await putting.WaitAsync(FakeServer.Patience)).Size);
        if (size > 0) Assert.Equal(new TransferProgress(size, size), reports[^1]);
    }

    [Fact]
    public async Task Put_of_a_source_that_is_too_short_fails_without_a_commit()
    {
        using var source = new MemoryStream(Bytes(10));
        var putting = Client.PutFileAsync(source, 11, "a");
        await Peer.OpenAsync();
        var e = await Assert.ThrowsAsync<ActorNetException>(() => putting.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.Invalid, e.Code);
        await Peer.ExpectAsync(FrameType.Close);
    }

    [Fact]
    public async Task Put_that_the_server_gives_up_has_its_reason()
    {
        using var source = new MemoryStream(Bytes(500_000));
        var putting = Client.PutFileAsync(source, 500_000, "a");
        var (channel, _) = await Peer.OpenAsync(window: 10);
        await Peer.ExpectDataAsync(10);
        await Peer.SendAsync(new ChannelClosed(ErrorCode.Unavailable, "the disk is full").ToFrame(channel));
        var e = await Assert.ThrowsAsync<ActorNetException>(() => putting.WaitAsync(FakeServer.Patience));
        Assert.Equal("the disk is full", e.Message);
    }

    [Fact]
    public async Task List_gives_the_entries_of_all_pages()
    {
        var listing = Client.ListAsync("a").ToListAsync().AsTask();
        var (channel, _) = await Peer.OpenAsync();
        await SendAsync(channel, new FolderPage([Entry("x")], false));
        await SendAsync(channel, new FolderPage([Entry("y"), Entry("z")], true));
        await EndAsync(channel);
        Assert.Equal(["x", "y", "z"], (await listing.WaitAsync(FakeServer.Patience)).Select(e => e.Name));
    }

    [Fact]
    public async Task List_that_ends_before_its_last_page_fails()
    {
        var listing = Client.ListAsync("a").ToListAsync().AsTask();
        var (channel, _) = await Peer.OpenAsync();
        await SendAsync(channel, new FolderPage([Entry("x")], false));
        await EndAsync(channel);
        await Assert.ThrowsAsync<ActorNetException>(() => listing.WaitAsync(FakeServer.Patience));
    }

    private static FolderEntry Entry(string name) => new(name, EntryKind.File, 1, DateTimeOffset.UnixEpoch);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<uint> OpenGetAsync(long size) =>
        (await Peer.OpenAsync(result: new { size, modified = DateTimeOffset.UnixEpoch })).Channel;

    private Task SendAsync(uint channel, FileEvent message) =>
        Peer.SendMessageAsync(channel, message, ProtocolJsonContext.Default.FileEvent);

    private async Task EndAsync(uint channel)
    {
        await Peer.SendEofAsync(channel);
        await Peer.SendAsync(new ChannelClosed().ToFrame(channel));
    }

    private sealed class Reports(List<TransferProgress> all) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => all.Add(value);
    }
}
