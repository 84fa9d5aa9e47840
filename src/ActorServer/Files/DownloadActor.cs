using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Files;

/// <summary>
/// One get: reads the file and computes its SHA-256 while the channel sends what it read before. Reads only what the
/// channel asked for, a chunk per turn, so that other transfers get theirs.
/// </summary>
public sealed class DownloadActor : TransferActor
{
    private readonly FileRoot _root;
    private readonly FilePath _path;
    private readonly int _chunkSize;
    private ReadableFile? _file;
    private int _asked;
    private bool _reading;

    public DownloadActor(IActorRef channel, FileRoot root, FilePath path, int chunkSize) : base(channel)
    {
        (_root, _path, _chunkSize) = (root, path, chunkSize);
        Receive<ReadAhead>(HandleReadAhead);
        Receive<ReadChunk>(_ => HandleReadChunk());
    }

    public static Props Props(IActorRef channel, FileRoot root, FilePath path, int chunkSize) =>
        Akka.Actor.Props.Create(() => new DownloadActor(channel, root, path, chunkSize));

    protected override void OnBegin()
    {
        _file = _root.OpenFile(_path);
        Channel.Tell(new DownloadStarted(_file.Size, _file.Modified));
        if (_file.Remaining == 0) Complete(_file);
    }

    private void HandleReadAhead(ReadAhead message)
    {
        _asked += message.Bytes;
        if (_reading) return;
        _reading = true;
        HandleReadChunk();
    }

    private void HandleReadChunk()
    {
        if (_file is not { } file) return;
        var chunk = file.Read(Math.Min(_chunkSize, _asked));
        _asked -= chunk.Length;
        Channel.Tell(new FileChunk(chunk));
        _reading = _asked > 0 && file.Remaining > 0;
        if (_reading) Self.Tell(ReadChunk.Instance);
        else if (file.Remaining == 0) Complete(file);
    }

    private void Complete(ReadableFile file) => End(new DownloadCompleted(file.Size, file.Finish()));

    protected override void Release()
    {
        _file?.Dispose();
        _file = null;
    }

    private sealed record ReadChunk : IDeadLetterSuppression
    {
        public static readonly ReadChunk Instance = new();
    }
}
