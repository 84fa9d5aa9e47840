namespace ActorNet.Client.Files;

/// <summary>A file that came whole.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the bytes received, in lower-case hex; the server's was the same.</param>
/// <param name="Modified">When the file was last written on the server, UTC; null when the server did not say.</param>
public sealed record FileReceived(long Size, string Sha256, DateTimeOffset? Modified);
