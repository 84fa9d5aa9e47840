using Akka.Actor;

namespace ActorNet.Server.Files;

/// <summary>
/// One put: writes what the channel hands it and says so chunk by chunk, which is what the client's window follows;
/// then commits. If it ends in any other way, nothing is left and the target is as it was.
/// </summary>
public sealed class UploadActor : TransferActor
{
    private readonly FileRoot _root;
    private readonly FilePath _target;
    private readonly long _size;
    private PartialFile? _partial;

    public UploadActor(IActorRef channel, FileRoot root, FilePath target, long size) : base(channel)
    {
        (_root, _target, _size) = (root, target, size);
        Receive<FileChunk>(HandleFileChunk);
        Receive<CommitUpload>(HandleCommitUpload);
    }

    public static Props Props(IActorRef channel, FileRoot root, FilePath target, long size) =>
        Akka.Actor.Props.Create(() => new UploadActor(channel, root, target, size));

    protected override void OnBegin()
    {
        _partial = _root.CreatePartial(_target, _size);
        Channel.Tell(UploadStarted.Instance);
    }

    private void HandleFileChunk(FileChunk chunk)
    {
        _partial?.Write(chunk.Bytes.Span);
        Channel.Tell(new ChunkWritten(chunk.Bytes.Length));
    }

    private void HandleCommitUpload(CommitUpload message)
    {
        if (_partial?.Commit(message.Sha256) is { } sha256) End(new UploadCompleted(_size, sha256));
    }

    protected override void Release()
    {
        _partial?.Dispose();
        _partial = null;
    }
}
