namespace ActorNet.Client.Files;

/// <summary>How far a transfer is.</summary>
/// <param name="Done">Bytes transferred.</param>
/// <param name="Total">Bytes there are.</param>
public readonly record struct TransferProgress(long Done, long Total);
