using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using Akka.Actor;

namespace ActorNet.Server.Tests.Files;

public sealed class FileActorTests : FileSpec
{
    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));
    private readonly IActorRef _files;

    public FileActorTests() => _files = Sys.ActorOf(FileActor.Props(Settings), "files");

    [Fact]
    public void A_get_a_put_and_a_list_are_each_started_and_answered_by_an_actor_of_their_own()
    {
        Folder.Write("file", "12345");
        Client.Send(_files, new StartDownload("alice", "file"));
        Client.ExpectMsg<DownloadStarted>();
        var download = Client.Sender;
        var (upload, listing) = (CreateTestProbe(), CreateTestProbe());
        upload.Send(_files, new StartUpload("alice", "new", 0));
        upload.ExpectMsg<UploadStarted>();
        listing.Send(_files, new StartListing("bob", "/"));
        listing.ExpectMsg<ListingStarted>();

        Assert.Equal(3, new[] { download, upload.Sender, listing.Sender }.Distinct().Count());
        Assert.All(new[] { download, upload.Sender, listing.Sender }, a => Assert.Equal(_files.Path, a.Path.Parent));
    }

    [Fact]
    public void A_target_has_one_writer_and_the_next_may_come_as_soon_as_the_first_has_its_answer()
    {
        Client.Send(_files, new StartUpload("alice", "file", 0));
        Client.ExpectMsg<UploadStarted>();
        var first = Client.Sender;

        var second = CreateTestProbe();
        second.Send(_files, new StartUpload("bob", "/file", 0));
        Assert.Equal(ErrorCode.Conflict, second.ExpectMsg<TransferFailed>().Code);

        for (var i = 0; i < 50; i++)
        {
            Client.Send(first, new CommitUpload(EmptyHash));
            Client.ExpectMsg<UploadCompleted>();
            Client.Send(_files, new StartUpload("alice", "file", 0));
            Client.ExpectMsg<UploadStarted>();
            first = Client.Sender;
        }
    }

    [Fact]
    public void The_lease_of_an_upload_whose_channel_went_away_is_free_again()
    {
        Client.Send(_files, new StartUpload("alice", "file", 10));
        Client.ExpectMsg<UploadStarted>();
        Service.Watch(Client.Sender);
        var upload = Client.Sender;
        Sys.Stop(Client.Ref);
        Service.ExpectTerminated(upload);

        // Two watchers are told in no order of which this test knows; the service is, at the latest with a later
        // answer.
        AwaitAssert(() =>
        {
            Service.Send(_files, new StartUpload("bob", "file", 0));
            Service.ExpectMsg<UploadStarted>();
        });
        Assert.Single(Folder.Partials);
    }

    [Fact]
    public void One_account_gets_its_limit_of_transfers_and_another_is_still_served()
    {
        Folder.Write("file", "12345");
        for (var i = 0; i < Settings.TransfersPerAccount; i++) Expect<DownloadStarted>(new StartDownload("alice", "file"));

        var refused = Expect<TransferFailed>(new StartListing("alice", "/"));
        Expect<DownloadStarted>(new StartDownload("bob", "file"));

        Assert.Equal(ErrorCode.TooMany, refused.Code);
        Assert.Contains("transfers-per-account", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_node_runs_its_limit_of_transfers_and_no_more_until_one_ends()
    {
        Folder.Write("file", "12345");
        var accounts = Enumerable.Range(0, Settings.TransfersPerNode).Select(i => $"account-{i}").ToList();
        foreach (var account in accounts) Expect<DownloadStarted>(new StartDownload(account, "file"));
        var running = Client.Sender;

        var refused = Expect<TransferFailed>(new StartDownload("late", "file"));
        Assert.Equal(ErrorCode.TooMany, refused.Code);
        Assert.Contains("transfers-per-node", refused.Detail, StringComparison.Ordinal);

        Client.Send(running, new ReadAhead(5));
        Client.FishForMessage(m => m is DownloadCompleted);
        Expect<DownloadStarted>(new StartDownload("late", "file"));
    }

    [Fact]
    public void A_refused_request_takes_no_place()
    {
        Folder.Write("file", "12345");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(ErrorCode.Invalid, Expect<TransferFailed>(new StartDownload("alice", "../x")).Code);
            Assert.Equal(ErrorCode.NotFound, Expect<TransferFailed>(new StartDownload("alice", "missing")).Code);
        }

        Expect<DownloadStarted>(new StartDownload("alice", "file"));
    }

    [Fact]
    public void An_upload_of_the_largest_size_is_taken_and_of_one_byte_more_is_too_large()
    {
        Expect<UploadStarted>(new StartUpload("alice", "a", Settings.MaxFileSize));
        Assert.Equal(ErrorCode.TooLarge, Expect<TransferFailed>(new StartUpload("alice", "b", Settings.MaxFileSize + 1)).Code);
        Assert.Equal(ErrorCode.Invalid, Expect<TransferFailed>(new StartUpload("alice", "c", -1)).Code);
    }

    [Fact]
    public void It_takes_its_transfers_and_their_partial_files_with_it_and_gives_the_root_back()
    {
        Expect<UploadStarted>(new StartUpload("alice", "a", 100));
        Assert.Single(Folder.Partials);

        Service.Watch(_files);
        Sys.Stop(_files);
        Service.ExpectTerminated(_files);

        Assert.Empty(Folder.Partials);
        FileRoot.Open(Folder.Root).Dispose();
    }

    private T Expect<T>(object request)
    {
        Client.Send(_files, request);
        return Client.ExpectMsg<T>();
    }
}
