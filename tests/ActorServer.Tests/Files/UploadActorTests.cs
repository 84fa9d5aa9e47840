using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using Akka.Actor;

namespace ActorNet.Server.Tests.Files;

public sealed class UploadActorTests : FileSpec
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the new content");
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly FileRoot _root;

    public UploadActorTests() => _root = FileRoot.Open(Folder.Root);

    [Fact]
    public void Each_chunk_is_confirmed_when_it_is_written_and_the_commit_when_it_is_stored()
    {
        var upload = Upload("file");
        Client.ExpectMsg<UploadStarted>();

        Client.Send(upload, new FileChunk(Content.AsMemory(0, 4)));
        Client.ExpectMsg(new ChunkWritten(4));
        Assert.Equal(Content[..4], File.ReadAllBytes(Folder.Partials.Single()));
        Client.Send(upload, new FileChunk(Content.AsMemory(4)));
        Client.ExpectMsg(new ChunkWritten(Content.Length - 4));
        Assert.False(File.Exists(Folder.In("file")));
        Client.Send(upload, new CommitUpload(Hash));

        Client.ExpectMsg(new UploadCompleted(Content.Length, Hash));
        Assert.Equal(Content, File.ReadAllBytes(Folder.In("file")));
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(upload);
        Assert.Empty(Folder.Partials);
    }

    [Fact]
    public void A_channel_gone_before_the_commit_leaves_no_partial_and_the_target_as_it_was()
    {
        Folder.Write("file", "old");
        var upload = Upload("file");
        Client.ExpectMsg<UploadStarted>();
        Client.Send(upload, new FileChunk(Content));
        Client.ExpectMsg<ChunkWritten>();

        Sys.Stop(Client.Ref);

        Service.ExpectTerminated(upload);
        Assert.Empty(Folder.Partials);
        Assert.Equal("old", File.ReadAllText(Folder.In("file")));
    }

    [Fact]
    public void More_than_announced_ends_it_and_leaves_nothing()
    {
        var upload = Upload("file");
        Client.ExpectMsg<UploadStarted>();
        Client.Send(upload, new FileChunk(Content));
        Client.ExpectMsg<ChunkWritten>();
        Client.Send(upload, new FileChunk(new byte[] { 1 }));

        Assert.Equal(ErrorCode.TooLarge, Client.ExpectMsg<TransferFailed>().Code);
        ExpectNothingLeft(upload);
    }

    [Fact]
    public void Another_hash_ends_it_and_leaves_nothing()
    {
        var upload = Upload("file");
        Client.ExpectMsg<UploadStarted>();
        Client.Send(upload, new FileChunk(Content));
        Client.ExpectMsg<ChunkWritten>();
        Client.Send(upload, new CommitUpload(new string('0', 64)));

        Assert.Equal(ErrorCode.Conflict, Client.ExpectMsg<TransferFailed>().Code);
        ExpectNothingLeft(upload);
    }

    [Fact]
    public void A_missing_folder_is_an_answer_and_the_end()
    {
        var upload = Upload("missing/file");

        Assert.Equal(ErrorCode.NotFound, Client.ExpectMsg<TransferFailed>().Code);
        ExpectNothingLeft(upload);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _root.Dispose();
    }

    private IActorRef Upload(string path) =>
        Transfer(UploadActor.Props(Client.Ref, _root, TestSettings.PathOf(path), Content.Length));

    private void ExpectNothingLeft(IActorRef upload)
    {
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(upload);
        Assert.Empty(Folder.Partials);
        Assert.False(File.Exists(Folder.In("file")));
    }
}
