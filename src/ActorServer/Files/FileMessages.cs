using ActorNet.Protocol;
using ActorNet.Server.Access;
using Akka.Event;

namespace ActorNet.Server.Files;

// Between FileChannel (frames), FileActor (leases and limits) and one TransferActor per get, put or list, child of
// FileActor. The channel asks FileActor; the transfer answers, and from then on the two talk directly. Either may be
// gone before it reads what the other sent last, a client that cancels for one: such a message is no dead letter worth
// a line in the log.

/// <summary>
/// Channel to /user/files: begin a get. Answers: <see cref="DownloadStarted"/> or <see cref="TransferFailed"/>.
/// </summary>
public sealed record StartDownload(string Account, string Path);

/// <summary>
/// Channel to /user/files: begin a put. Answers: <see cref="UploadStarted"/> or <see cref="TransferFailed"/>.
/// </summary>
public sealed record StartUpload(string Account, string Path, long Size);

/// <summary>
/// Channel to /user/files: begin a list. Answers: <see cref="ListingStarted"/> or <see cref="TransferFailed"/>.
/// </summary>
public sealed record StartListing(string Account, string Path);

/// <summary>To channel: it cannot be done, or not to its end. Nothing follows.</summary>
public sealed record TransferFailed(ErrorCode Code, string Detail) : IDeadLetterSuppression;

/// <summary>Download to channel: the file is open; nothing is read until <see cref="ReadAhead"/>.</summary>
public sealed record DownloadStarted(long Size, DateTimeOffset Modified) : IDeadLetterSuppression;

/// <summary>
/// Channel to download: read so many bytes more; they come as one or several <see cref="FileChunk"/>.
/// </summary>
public sealed record ReadAhead(int Bytes) : IDeadLetterSuppression;

/// <summary>
/// Bytes of the file, the next in order: download to channel, channel to upload. Nobody changes them any more.
/// </summary>
public sealed record FileChunk(ReadOnlyMemory<byte> Bytes) : IDeadLetterSuppression;

/// <summary>Download to channel: that was all. Nothing follows.</summary>
public sealed record DownloadCompleted(long Size, string Sha256) : IDeadLetterSuppression;

/// <summary>Upload to channel: send <see cref="FileChunk"/>s, then <see cref="CommitUpload"/>.</summary>
public sealed record UploadStarted : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly UploadStarted Instance = new();
}

/// <summary>Upload to channel: a chunk of so many bytes is written; they are no longer held in memory.</summary>
public sealed record ChunkWritten(int Bytes) : IDeadLetterSuppression;

/// <summary>
/// Channel to upload: those were all bytes; store the file. Answers: <see cref="UploadCompleted"/> or
/// <see cref="TransferFailed"/>.
/// </summary>
public sealed record CommitUpload(string Sha256) : IDeadLetterSuppression;

/// <summary>Upload to channel: the file is on the disk under its name. Nothing follows.</summary>
public sealed record UploadCompleted(long Size, string Sha256) : IDeadLetterSuppression;

/// <summary>Listing to channel: the names are read; pages come as asked for.</summary>
public sealed record ListingStarted : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly ListingStarted Instance = new();
}

/// <summary>
/// Channel to listing: the next page, of at most so many bytes of JSON. Answer: <see cref="PageRead"/>.
/// </summary>
/// <param name="Bytes">Largest page.</param>
/// <param name="Rights">What the account may do now: entries it may not read are left out.</param>
public sealed record ReadPage(int Bytes, Rights Rights) : IDeadLetterSuppression;

/// <summary>Listing to channel: a page, encoded. Nothing follows the last.</summary>
public sealed record PageRead(ReadOnlyMemory<byte> Json, bool IsLast) : IDeadLetterSuppression;

/// <summary>
/// Transfer to /user/files: its place and its lease are free. Said before the channel hears of the end, so that a
/// client that comes back at once finds them free.
/// </summary>
public sealed record TransferEnded
{
    /// <summary>The only instance.</summary>
    public static readonly TransferEnded Instance = new();
}
