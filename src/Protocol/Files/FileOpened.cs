namespace ActorNet.Protocol.Files;

/// <summary><c>result</c> of OPENED for a get: <c>{"size":123,"modified":"2026-01-31T12:00:00+00:00"}</c>; for the others empty.</summary>
/// <param name="Size">How many bytes will come.</param>
/// <param name="Modified">When the file was last written, UTC.</param>
public sealed record FileOpened(long? Size = null, DateTimeOffset? Modified = null);
