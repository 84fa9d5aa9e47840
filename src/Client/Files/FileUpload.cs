using System.Buffers;
using System.Security.Cryptography;
using ActorNet.Client.Channels;
using ActorNet.Client.Connections;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Files;

/// <summary>One put: read a piece, hash it, hand it to the connection, which sends it while the next is read.</summary>
internal static class FileUpload
{
    private const int Piece = ProtocolLimits.MaxPayload;

    public static async Task<FileStored> RunAsync(
        ClientConnection connection, Stream source, long size, string path, IProgress<TransferProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var final = new FinalMessage<FileEvent, FileStored>(ProtocolJsonContext.Default.FileEvent);
        await using var channel = await connection.OpenAsync(
            ServiceNames.Files, ChannelSizes.Messages, new PutFile(path, size),
            ProtocolJsonContext.Default.FileRequest, final, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await SendAsync(channel, source, size, hash, progress, cancellation);

        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        var commit = ProtocolJson.Encode<FileCommand>(new CommitFile(sha256), ProtocolJsonContext.Default.FileCommand);
        await channel.SendMessageAsync(commit, cancellation);
        var stored = await final.Said.WaitAsync(cancellation);
        if (stored.Size != size || !string.Equals(stored.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
            throw new ActorNetException(
                ErrorCode.Conflict,
                $"{path} was sent with {size} bytes and SHA-256 {sha256}, "
                + $"and stored with {stored.Size} and {stored.Sha256}");
        return stored;
    }

    private static async Task SendAsync(
        ClientChannel channel, Stream source, long size, IncrementalHash hash, IProgress<TransferProgress>? progress,
        CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (var done = 0L; done < size;)
            {
                var wanted = (int)Math.Min(Piece, size - done);
                var count = await source.ReadAtLeastAsync(
                    buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, cancellation);
                if (count < wanted)
                    throw new ActorNetException(
                        ErrorCode.Invalid, $"the source ended after {done + count} of {size} bytes");
                hash.AppendData(buffer, 0, count);
                await channel.SendDataAsync(buffer.AsMemory(0, count), cancellation);
                done += count;
                progress?.Report(new TransferProgress(done, size));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
