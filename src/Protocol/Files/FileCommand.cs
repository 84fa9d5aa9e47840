using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Files;

/// <summary>MESSAGE of the client in a files channel.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CommitFile), "commit")]
public abstract record FileCommand;

/// <summary><c>{"type":"commit","sha256":"hex"}</c>: all bytes were sent; the server stores the file if size and hash are these.</summary>
public sealed record CommitFile(string Sha256) : FileCommand;
