using ActorNet.Protocol;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Files;
using Akka.Actor;

namespace ActorNet.Server.Tests.Files;

public sealed class ListingActorTests : FileSpec
{
    private readonly FileRoot _root;

    public ListingActorTests() => _root = FileRoot.Open(Folder.Root);

    [Fact]
    public void A_page_comes_for_each_request_until_the_last_which_is_the_end()
    {
        Folder.Write("a", "");
        Folder.Write("b", "");
        var listing = Listing("/");
        Client.ExpectMsg<ListingStarted>();

        Client.Send(listing, new ReadPage(1, Rights.All));
        var first = Client.ExpectMsg<PageRead>();
        Client.Send(listing, new ReadPage(1, Rights.All));
        var second = Client.ExpectMsg<PageRead>();

        Assert.Equal(("a", false, "b", true), (NameOf(first), first.IsLast, NameOf(second), second.IsLast));
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(listing);
    }

    [Fact]
    public void A_missing_folder_is_an_answer_and_the_end()
    {
        var listing = Listing("missing");

        Assert.Equal(ErrorCode.NotFound, Client.ExpectMsg<TransferFailed>().Code);
        Service.ExpectMsg<TransferEnded>();
        Service.ExpectTerminated(listing);
    }

    [Fact]
    public void It_ends_with_its_channel()
    {
        var listing = Listing("/");
        Client.ExpectMsg<ListingStarted>();

        Sys.Stop(Client.Ref);

        Service.ExpectTerminated(listing);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _root.Dispose();
    }

    private IActorRef Listing(string path) => Transfer(ListingActor.Props(Client.Ref, _root, TestSettings.PathOf(path), 100));

    private static string NameOf(PageRead page) =>
        Assert.IsType<FolderPage>(ProtocolJson.Decode(page.Json, ProtocolJsonContext.Default.FileEvent)).Entries.Single().Name;
}
