namespace ActorNet.Client.Channels;

/// <summary>
/// What the client sends on a channel, as a stream. A write completes when the connection has taken the bytes, and
/// waits while the server's window is used up. Disposing says EOF. One writer at a time.
/// </summary>
internal sealed class ChannelWriteStream(ClientChannel channel) : WriteOnlyStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        channel.SendDataAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        channel.SendDataAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        channel.SendDataAsync(buffer.AsMemory(offset, count), default).AsTask().GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void Dispose(bool disposing)
    {
        if (disposing) channel.SendEof();
        base.Dispose(disposing);
    }
}
