using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using Akka.Actor;

namespace ActorNet.Server.Tests.Files;

public sealed class DownloadActorTests : FileSpec
{
    private readonly FileRoot _root;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(200_000);

    public DownloadActorTests()
    {
        _root = FileRoot.Open(Folder.Root);
        File.WriteAllBytes(Folder.In("file"), _content);
    }

    [Fact]
    public void It_reads_as_much_as_it_was_asked_for_and_no_more()
    {
        var download = Download("file");
        Client.ExpectMsg<DownloadStarted>(m => Assert.Equal(_content.Length, m.Size));

        Client.Send(download, new ReadAhead(10));
        Assert.Equal(_content[..10], Client.ExpectMsg<FileChunk>().Bytes.ToArray());
        // The marker: what it had read beyond would come before the answer to this.
        Client.Send(download, new ReadAhead(5));
        Assert.Equal(_content[10..15], Client.ExpectMsg<FileChunk>().Bytes.ToArray());
    }

    [Fact]
    public void More_than_a_chunk_comes_in_chunks_and_then_the_hash()
    {
        var download = Download("file");
        Client.ExpectMsg<DownloadStarted>();
        Client.Send(download, new ReadAhead(100_000));
        Client.Send(download, new ReadAhead(100_000));

        var received = new MemoryStream();
        while (received.Length < _content.Length)
        {
            var chunk = Client.ExpectMsg<FileChunk>().Bytes;
            Assert.InRange(chunk.Length, 1, Settings.ChunkSize);
            received.Write(chunk.Span);
        }

        Assert.Equal(_content, received.ToArray());
        Client.ExpectMsg(new DownloadCompleted(_content.Length, Convert.ToHexStringLower(SHA256.HashData(_content))));
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(download);
    }

    [Fact]
    public void Its_place_is_free_before_the_channel_hears_of_the_end()
    {
        var download = Download("file");
        Client.ExpectMsg<DownloadStarted>();
        Client.Send(download, new ReadAhead(_content.Length));
        Client.FishForMessage(m => m is DownloadCompleted);

        Assert.True(Service.HasMessages);
    }

    [Fact]
    public void An_empty_file_is_complete_at_once()
    {
        Folder.Write("empty", "");
        Download("empty");

        Client.ExpectMsg<DownloadStarted>(m => Assert.Equal(0, m.Size));
        Client.ExpectMsg(new DownloadCompleted(0, Convert.ToHexStringLower(SHA256.HashData([]))));
    }

    [Fact]
    public void A_missing_file_is_an_answer_and_the_end()
    {
        var download = Download("missing");

        Assert.Equal(ErrorCode.NotFound, Client.ExpectMsg<TransferFailed>().Code);
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(download);
    }

    [Fact]
    public void A_file_cut_short_meanwhile_is_a_conflict()
    {
        var download = Download("file");
        Client.ExpectMsg<DownloadStarted>();
        Client.Send(download, new ReadAhead(10));
        Client.ExpectMsg<FileChunk>();
        using (var other = File.OpenWrite(Folder.In("file"))) other.SetLength(100);

        Client.Send(download, new ReadAhead(1000));

        Assert.Equal(ErrorCode.Conflict, Client.ExpectMsg<TransferFailed>().Code);
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(download);
    }

    [Fact]
    public void It_ends_with_its_channel()
    {
        var download = Download("file");
        Client.ExpectMsg<DownloadStarted>();

        Sys.Stop(Client.Ref);

        Service.ExpectTerminated(download);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _root.Dispose();
    }

    private IActorRef Download(string path) =>
        Transfer(DownloadActor.Props(Client.Ref, _root, TestSettings.PathOf(path), Settings.ChunkSize));
}
