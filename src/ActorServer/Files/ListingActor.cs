using Akka.Actor;

namespace ActorNet.Server.Files;

/// <summary>
/// One list: reads the names of a folder at once, then looks at the entries of one page at a time, as the channel asks
/// for it.
/// </summary>
public sealed class ListingActor : TransferActor
{
    private readonly FileRoot _root;
    private readonly FilePath _path;
    private readonly int _maxEntries;
    private FolderListing? _listing;

    public ListingActor(IActorRef channel, FileRoot root, FilePath path, int maxEntries) : base(channel)
    {
        (_root, _path, _maxEntries) = (root, path, maxEntries);
        Receive<ReadPage>(HandleReadPage);
    }

    public static Props Props(IActorRef channel, FileRoot root, FilePath path, int maxEntries) =>
        Akka.Actor.Props.Create(() => new ListingActor(channel, root, path, maxEntries));

    protected override void OnBegin()
    {
        _listing = _root.OpenFolder(_path, _maxEntries);
        Channel.Tell(ListingStarted.Instance);
    }

    private void HandleReadPage(ReadPage message)
    {
        if (_listing?.ReadPage(message.Bytes, message.Rights, out var last) is not { } json) return;
        var page = new PageRead(json, last);
        if (last) End(page);
        else Channel.Tell(page);
    }

    protected override void Release()
    {
        _listing?.Dispose();
        _listing = null;
    }
}
