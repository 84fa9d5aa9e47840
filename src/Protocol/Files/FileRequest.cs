using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Files;

/// <summary>
/// <c>params</c> of OPEN for the service <c>files</c>; one channel per operation. Paths are UTF-8, relative to the node's root,
/// with <c>/</c> between components; a leading <c>/</c> means the root itself.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GetFile), "get")]
[JsonDerivedType(typeof(PutFile), "put")]
[JsonDerivedType(typeof(ListFolder), "list")]
public abstract record FileRequest;

/// <summary>
/// <c>{"type":"get","path":"a/b"}</c>: OPENED carries <see cref="FileOpened"/>, then the bytes as DATA, then <see cref="FileSent"/>, EOF, CLOSE.
/// </summary>
public sealed record GetFile(string Path) : FileRequest;

/// <summary>
/// <c>{"type":"put","path":"a/b","size":123}</c>: after OPENED the client sends the bytes as DATA, then <see cref="CommitFile"/>; the server
/// answers <see cref="FileStored"/>, EOF, CLOSE, or CLOSE with a code, and then the target is as it was.
/// </summary>
/// <param name="Path">The target; its folder exists. An existing file is replaced.</param>
/// <param name="Size">How many bytes will come.</param>
public sealed record PutFile(string Path, long Size) : FileRequest;

/// <summary><c>{"type":"list","path":"a"}</c>: <see cref="FolderPage"/> messages until one says it is the last, then EOF, CLOSE.</summary>
public sealed record ListFolder(string Path) : FileRequest;
