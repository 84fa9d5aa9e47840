using ActorNet.Protocol;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Files;

/// <summary>
/// A channel of the files service: one get, put or list. Turns frames into the messages of one transfer and its answers
/// into frames, and keeps the pace: asks a transfer for no more than the client's window takes, grants the client what
/// is written. Touches no file.
/// </summary>
public sealed class FileChannel : ChannelActor
{
    // A piece of a read keeps the whole receive buffer in memory while it waits for the disk; a small one is copied, so that what waits
    // is at most eight times what the window counts.
    private const int SmallPiece = 4 * 1024;

    private static readonly ProtocolJsonContext Json = ProtocolJsonContext.Default;
    private readonly IActorRef _files;
    private readonly FileSettings _settings;
    private readonly int _lump;
    private IActorRef? _transfer;
    private Verb _verb;
    private long _unread; // of a get: bytes not asked for yet
    private int _asked; // of a get: bytes asked for that have not come
    private bool _pageAsked;
    private bool _committing;
    private FileSent? _last; // of a get: waits for room in the window
    private bool _moved;
    private string? _path; // null: nothing has begun
    private (long Size, string Sha256)? _content; // of what was got or put, when it is known
    private bool _isFinished;

    public FileChannel(ChannelContext context, IActorRef files, FileSettings settings) : base(context)
    {
        (_files, _settings) = (files, settings);
        // A client gives its window back in lumps of half of it, and the socket in lumps of a quarter of the outbound
        // limit: so much is free again sooner or later, whatever is on its way.
        var sure = (int)Math.Min(context.Open.Window / 2, (uint)context.Settings.OutboundLimit / 2);
        _lump = Math.Max(1, Math.Min(settings.ChunkSize, sure));

        Receive<TransferFailed>(m => Close(m.Code, m.Detail));
        Receive<DownloadStarted>(HandleDownloadStarted);
        Receive<FileChunk>(HandleFileChunk);
        Receive<DownloadCompleted>(HandleDownloadCompleted);
        Receive<UploadStarted>(_ => Start());
        Receive<ChunkWritten>(HandleChunkWritten);
        Receive<UploadCompleted>(HandleUploadCompleted);
        Receive<ListingStarted>(HandleListingStarted);
        Receive<PageRead>(HandlePageRead);
        Receive<CheckStall>(_ => HandleCheckStall());
        Receive<Terminated>(HandleTerminated);
    }

    // Before OPENED there is nobody yet to write it; the framing lets nothing in then, and neither does this.
    private bool IsTaking => _verb == Verb.Put && _transfer is not null && !_committing;

    protected override IReadOnlyList<KeyValuePair<string, string>> OpeningDetails => Params(Json.FileRequest) switch
    {
        PutFile put => [KeyValuePair.Create("request", "put"), KeyValuePair.Create("size", $"{put.Size}")],
        ListFolder => [KeyValuePair.Create("request", "list")],
        _ => [KeyValuePair.Create("request", "get")],
    };

    protected override void OnStart()
    {
        object start;
        (_verb, _path, start) = Params(Json.FileRequest) switch
        {
            GetFile get => (Verb.Get, get.Path, (object)new StartDownload(Channel.Account, get.Path)),
            PutFile put => (Verb.Put, put.Path, new StartUpload(Channel.Account, put.Path, put.Size)),
            ListFolder list => (Verb.List, list.Path, new StartListing(Channel.Account, list.Path)),
            _ => throw new ProtocolViolationException(ErrorCode.Invalid, "There is no such request."),
        };
        // The service may be gone, or go before it answers.
        Context.Watch(_files);
        _files.Tell(start);
    }

    private void HandleDownloadStarted(DownloadStarted message)
    {
        _unread = message.Size;
        Adopt();
        Opened(new FileOpened(message.Size, message.Modified), Json.FileOpened);
        AskForBytes();
    }

    private void HandleFileChunk(FileChunk chunk)
    {
        _asked -= chunk.Bytes.Length;
        SendData(chunk.Bytes);
        AskForBytes();
    }

    private void HandleDownloadCompleted(DownloadCompleted message)
    {
        Context.Unwatch(_transfer!);
        _last = new FileSent(message.Size, message.Sha256);
        _content = (message.Size, message.Sha256);
        SendLast();
    }

    private void HandleListingStarted(ListingStarted message)
    {
        Start();
        AskForPage();
    }

    private void HandlePageRead(PageRead page)
    {
        _moved = true;
        _pageAsked = false;
        if (page.IsLast) Context.Unwatch(_transfer!);
        SendMessage(page.Json);
        if (page.IsLast) Finish();
        else AskForPage();
    }

    private void HandleChunkWritten(ChunkWritten message)
    {
        _moved = true;
        Consumed(message.Bytes);
    }

    private void HandleUploadCompleted(UploadCompleted message)
    {
        Context.Unwatch(_transfer!);
        _content = (message.Size, message.Sha256);
        SendMessage(new FileStored(message.Size, message.Sha256), Json.FileEvent);
        Finish();
    }

    private void HandleCheckStall()
    {
        var limit = _settings.StallTimeout.TotalSeconds;
        if (!_moved && !_committing)
            Close(ErrorCode.Timeout, $"nothing moved for {limit:0} s (actornet.files.stall-timeout)");
        _moved = false;
    }

    private void HandleTerminated(Terminated message)
    {
        if (message.ActorRef.Equals(_files)) Close(ErrorCode.Unavailable, "the files service is not running");
        else Close(ErrorCode.Internal, "the transfer failed; the node's log says more");
    }

    protected override void OnData(ReadOnlyMemory<byte> bytes)
    {
        if (!IsTaking) base.OnData(bytes);
        _transfer!.Tell(new FileChunk(bytes.Length < SmallPiece ? bytes.ToArray() : bytes));
    }

    protected override void OnMessage(ReadOnlyMemory<byte> json)
    {
        if (!IsTaking) base.OnMessage(json);
        if (ProtocolJson.Decode(json, Json.FileCommand) is not CommitFile commit) return;
        if (commit.Sha256.Length != 64 || !commit.Sha256.All(char.IsAsciiHexDigit))
            throw new ProtocolViolationException(ErrorCode.Invalid, "sha256 of a commit takes 64 hexadecimal digits.");
        _committing = true;
        _transfer!.Tell(new CommitUpload(commit.Sha256));
    }

    protected override void OnEof()
    {
        if (_verb == Verb.Put && !_committing) Close(ErrorCode.Invalid, "the upload ended without a commit");
    }

    protected override void OnSendable()
    {
        if (_last is not null) SendLast();
        else if (_verb == Verb.Get) AskForBytes();
        else if (_verb == Verb.List) AskForPage();
    }

    // The node lets a running transfer come to its end; new ones are refused by the connection.
    protected override void OnDrain()
    {
    }

    private void Start()
    {
        Adopt();
        Opened();
    }

    private void Adopt()
    {
        Context.Unwatch(_files);
        _transfer = Context.Watch(Sender);
        Timers.StartPeriodicTimer(nameof(CheckStall), CheckStall.Instance, _settings.StallTimeout);
        _moved = true;
    }

    // As much as can be sent once it is here, and then more while that is being sent: disk and socket work at the same
    // time.
    private void AskForBytes()
    {
        _moved = true;
        var room = (int)Math.Min(Sendable - _asked, _unread);
        if (room <= 0 || (room < _lump && room < _unread && _asked > 0)) return;
        _unread -= room;
        _asked += room;
        _transfer!.Tell(new ReadAhead(room));
    }

    private void AskForPage()
    {
        if (_pageAsked || Sendable < Math.Min(_lump, _settings.PageSize)) return;
        _pageAsked = true;
        _transfer!.Tell(new ReadPage(Math.Min(Sendable, _settings.PageSize), Rights));
    }

    // Not queued like a push: a client on a slow line takes longer to make room than a push may wait. Unless its window is so
    // small that room may never come.
    private void SendLast()
    {
        var json = ProtocolJson.Encode(_last!, Json.FileEvent);
        if (Sendable < json.Length && json.Length <= Channel.Open.Window / 2) return;
        _last = null;
        SendMessage(json);
        Finish();
    }

    private void Finish()
    {
        _isFinished = true;
        SendEof();
        Close();
    }

    // However it ended: by itself, by a fault, by the client's CLOSE, or with the connection.
    protected override void PostStop()
    {
        if (_path is not null) NoteEnd(_path);
        base.PostStop();
    }

    private void NoteEnd(string path)
    {
        var act = _verb switch { Verb.Get => "file.get.end", Verb.Put => "file.put.end", _ => "file.list.end" };
        var outcome = _isFinished ? AuditEvent.Ok : EndCode?.ToWire() ?? AuditTrail.Cancelled;
        var details = new List<KeyValuePair<string, string>>();
        if (_content is { } content)
            details.AddRange([KeyValuePair.Create("size", $"{content.Size}"), KeyValuePair.Create("sha256", content.Sha256)]);
        // Who leaves in the middle of a commit may or may not have replaced the file.
        else if (_committing)
            details.Add(KeyValuePair.Create("stored", "unknown"));
        Channel.Trail.Note(act, outcome, AccessTable.FromRoot(path), [.. details]);
    }

    private enum Verb
    {
        Get,
        Put,
        List,
    }

    private sealed record CheckStall
    {
        public static readonly CheckStall Instance = new();
    }
}
