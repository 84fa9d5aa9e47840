using System.Buffers;

namespace ActorNet.Client.Channels;

/// <summary>
/// What the server sends on a channel, as a stream. Reading grants the server the bytes read; a stream that is not read
/// holds the server back at the window, and disposing of it means that the rest may be dropped. One reader at a time.
/// </summary>
internal sealed class ChannelReadStream(ChannelInput input) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        var result = await input.ReadAsync(cancellationToken);
        var count = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var piece = result.Buffer.Slice(0, count);
        piece.CopyTo(buffer.Span);
        input.AdvanceTo(piece.End, count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            if (result.Buffer.IsEmpty && result.IsCompleted) return;
            foreach (var segment in result.Buffer)
                await destination.WriteAsync(segment, cancellationToken);
            input.AdvanceTo(result.Buffer.End, (int)result.Buffer.Length);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Abandon();
        base.Dispose(disposing);
    }
}
