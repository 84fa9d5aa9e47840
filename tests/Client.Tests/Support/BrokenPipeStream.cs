using ActorNet.Client.Terminal;

namespace ActorNet.Client.Tests.Support;

/// <summary>A stdout whose reader has gone.</summary>
internal sealed class BrokenPipeStream : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new BrokenPipeException();

    public override void Write(byte[] buffer, int offset, int count) => throw new BrokenPipeException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new BrokenPipeException();
}
