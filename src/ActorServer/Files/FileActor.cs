using ActorNet.Protocol;
using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Files;

/// <summary>
/// /user/files: owns the root, the places for transfers, and one writer's lease per target. Channels ask it; each
/// transfer is a child of its own. Ends with the node, after its children.
/// </summary>
public sealed class FileActor : ReceiveActor
{
    private readonly FileSettings _settings;
    private readonly ILoggingAdapter _log = Context.ServerLog();
    private readonly Dictionary<IActorRef, Transfer> _transfers = [];
    private readonly Dictionary<string, int> _perAccount = [];
    private readonly HashSet<string> _leases = [];
    private FileRoot? _root;

    public FileActor(FileSettings settings)
    {
        _settings = settings;
        Receive<StartDownload>(m => Start(m.Account, m.Path, StartDownload));
        Receive<StartUpload>(m => Start(m.Account, m.Path, (root, path) => StartUpload(root, path, m.Size)));
        Receive<StartListing>(m => Start(m.Account, m.Path, StartListing));
        Receive<TransferEnded>(_ => Free(Sender));
        Receive<Terminated>(m => Free(m.ActorRef));
    }

    public static Props Props(FileSettings settings) =>
        Akka.Actor.Props.Create(() => new FileActor(settings)).WithDispatcher(FileService.Dispatcher);

    private void Start(string account, string path, Func<FileRoot, FilePath, Transfer> start)
    {
        try
        {
            CheckLimits(account);
            var transfer = start(_root!, FilePath.Parse(path, _settings)) with { Account = account };
            Context.Watch(transfer.Actor);
            _transfers.Add(transfer.Actor, transfer);
            _perAccount[account] = _perAccount.GetValueOrDefault(account) + 1;
            _log.Debug("{Verb} of {Path} by {Account} starts", transfer.Verb, path, account);
        }
        catch (FileFaultException fault)
        {
            Sender.Tell(new TransferFailed(fault.Code, fault.Message));
        }
    }

    private void CheckLimits(string account)
    {
        if (_perAccount.GetValueOrDefault(account) >= _settings.TransfersPerAccount)
            throw TooMany($"{_settings.TransfersPerAccount} transfers of this account", "transfers-per-account");
        if (_transfers.Count >= _settings.TransfersPerNode)
            throw TooMany($"{_settings.TransfersPerNode} transfers", "transfers-per-node");
    }

    private Transfer StartDownload(FileRoot root, FilePath path) =>
        new("get", Child(DownloadActor.Props(Sender, root, path, _settings.ChunkSize)));

    private Transfer StartUpload(FileRoot root, FilePath target, long size)
    {
        if (size < 0) throw new FileFaultException(ErrorCode.Invalid, $"{size} is not the size of a file.");
        if (size > _settings.MaxFileSize)
            throw new FileFaultException(
                ErrorCode.TooLarge,
                $"'{target}' has {size} bytes; the limit is {_settings.MaxFileSize} (actornet.files.max-file-size).");
        var lease = target.ToString();
        if (!_leases.Add(lease))
            throw new FileFaultException(ErrorCode.Conflict, $"'{target}' is being written by another upload.");
        return new Transfer("put", Child(UploadActor.Props(Sender, root, target, size)), lease);
    }

    private Transfer StartListing(FileRoot root, FilePath path) =>
        new("list", Child(ListingActor.Props(Sender, root, path, _settings.MaxFolderEntries)));

    private static IActorRef Child(Props props) => Context.ActorOf(props.WithDispatcher(FileService.Dispatcher));

    private void Free(IActorRef actor)
    {
        if (!_transfers.Remove(actor, out var transfer)) return;
        if (transfer.Lease is { } lease) _leases.Remove(lease);
        var left = _perAccount[transfer.Account] - 1;
        if (left == 0) _perAccount.Remove(transfer.Account);
        else _perAccount[transfer.Account] = left;
    }

    protected override void PreStart() => _root = FileRoot.Open(_settings.Root);

    // Children are gone by now, and with them their partial files.
    protected override void PostStop() => _root?.Dispose();

    // A transfer that fails in a way nobody foresaw is over; its channel sees it go and says so.
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private static FileFaultException TooMany(string what, string key) =>
        new(ErrorCode.TooMany, $"{what} run already (actornet.files.{key}).");

    private sealed record Transfer(string Verb, IActorRef Actor, string? Lease = null, string Account = "");
}
