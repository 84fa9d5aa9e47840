using System.Security.Cryptography;
using ActorNet.Client.Channels;
using ActorNet.Client.Connections;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Files;

/// <summary>
/// One get: the bytes go from the channel's buffers to the destination, hashed while they are being written.
/// </summary>
internal static class FileDownload
{
    public static async Task<FileReceived> RunAsync(
        ClientConnection connection, string path, Stream destination, IProgress<TransferProgress>? progress,
        CancellationToken cancellation)
    {
        var final = new FinalMessage<FileEvent, FileSent>(ProtocolJsonContext.Default.FileEvent);
        await using var channel = await connection.OpenAsync(
            ServiceNames.Files, ChannelSizes.File, new GetFile(path), ProtocolJsonContext.Default.FileRequest, final,
            cancellation);
        var opened = ProtocolJson.Decode((await channel.Opened).Result, ProtocolJsonContext.Default.FileOpened);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var done = await CopyAsync(channel.Data, destination, hash, opened.Size, progress, cancellation);

        var sent = await final.Said.WaitAsync(cancellation);
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sent.Size != done)
            throw new ActorNetException(
                ErrorCode.Conflict, $"{path} came with {done} bytes and the server sent {sent.Size}");
        if (!string.Equals(sent.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
            throw new ActorNetException(
                ErrorCode.Conflict, $"{path} came with SHA-256 {sha256} and the server sent {sent.Sha256}");
        return new FileReceived(done, sha256, opened.Modified);
    }

    private static async Task<long> CopyAsync(
        ChannelInput input, Stream destination, IncrementalHash hash, long? total,
        IProgress<TransferProgress>? progress,
        CancellationToken cancellation)
    {
        var done = 0L;
        while (true)
        {
            var result = await input.ReadAsync(cancellation);
            if (result.Buffer.IsEmpty && result.IsCompleted) return done;
            foreach (var segment in result.Buffer)
            {
                var write = destination.WriteAsync(segment, cancellation);
                hash.AppendData(segment.Span);
                await write;
            }

            done += result.Buffer.Length;
            input.AdvanceTo(result.Buffer.End, (int)result.Buffer.Length);
            if (done > total)
                throw new ActorNetException(
                    ErrorCode.Conflict, $"more bytes came than the {total} that the server announced");
            progress?.Report(new TransferProgress(done, total ?? done));
        }
    }
}
