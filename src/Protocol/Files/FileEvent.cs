using System.Text.Json.Serialization;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Files;

/// <summary>MESSAGE of the server in a files channel.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FileSent), "sent")]
[JsonDerivedType(typeof(FileStored), "stored")]
[JsonDerivedType(typeof(FolderPage), "page")]
public abstract record FileEvent;

/// <summary><c>{"type":"sent","size":123,"sha256":"hex"}</c>: all bytes of a get were sent; the client compares.</summary>
public sealed record FileSent(long Size, string Sha256) : FileEvent;

/// <summary><c>{"type":"stored","size":123,"sha256":"hex"}</c>: a put is on the disk under its name.</summary>
public sealed record FileStored(long Size, string Sha256) : FileEvent;

/// <summary><c>{"type":"page","entries":[…],"last":true}</c>: entries of a folder, sorted by name (ordinal).</summary>
public sealed record FolderPage(IReadOnlyList<FolderEntry> Entries, bool Last) : FileEvent;

/// <summary>One entry: <c>{"name":"a","kind":"file","size":123,"modified":"…"}</c>.</summary>
/// <param name="Name">Name in its folder.</param>
/// <param name="Kind">File or folder, or other for what cannot be transferred.</param>
/// <param name="Size">In bytes; 0 for what is not a file.</param>
/// <param name="Modified">When it was last written, UTC.</param>
public sealed record FolderEntry(string Name, EntryKind Kind, long Size, DateTimeOffset Modified);

/// <summary>Kind of an entry; on the wire in lower case.</summary>
[JsonConverter(typeof(EntryKindConverter))]
public enum EntryKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link, device, socket or pipe: listed, never followed or opened.</summary>
    Other,
}

internal sealed class EntryKindConverter : WireNameConverter<EntryKind>;
