using System.Buffers;
using System.Runtime.CompilerServices;

namespace ActorNet.Server.Transports;

/// <summary>
/// The two operations of a transport. Each owns its pooled buffer for exactly as long as the stream may touch it, and touches no actor's
/// state.
/// </summary>
internal static class TransportBytes
{
    // Four records of TLS: small segments share a record, and a write of any size takes this much memory.
    private const int GatherSize = 64 * 1024;

    /// <summary>
    /// One read of at most so many bytes, in an array of their size; empty at the end. While there is nothing to read, nothing is held: an idle connection costs no
    /// buffer.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<byte[]> ReadAsync(ITransportStream stream, int most)
    {
        await stream.ReadAsync(Memory<byte>.Empty);
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, most));
            var bytes = GC.AllocateUninitializedArray<byte>(count);
            buffer.AsSpan(0, count).CopyTo(bytes);
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes all of it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask WriteAsync(ITransportStream stream, ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            await stream.WriteAsync(bytes.First);
            return;
        }

        var gathered = ArrayPool<byte>.Shared.Rent(GatherSize);
        try
        {
            while (!bytes.IsEmpty)
            {
                var count = (int)Math.Min(bytes.Length, GatherSize);
                bytes.Slice(0, count).CopyTo(gathered);
                bytes = bytes.Slice(count);
                await stream.WriteAsync(gathered.AsMemory(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(gathered);
        }
    }
}
