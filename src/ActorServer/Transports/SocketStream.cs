using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ActorNet.Server.Transports;

/// <summary>The bytes of a socket below TLS. It remembers that the end came, which <see cref="System.Net.Security.SslStream"/> does not tell.</summary>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>The peer's FIN was read.</summary>
    public bool AtEnd { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = base.ReadAsync(buffer, cancellationToken);
        // A read of nothing brings nothing, at any time.
        if (buffer.IsEmpty) return read;
        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Note(read.Result)) : NoteAsync(read);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> NoteAsync(ValueTask<int> read) => Note(await read);

    private int Note(int count)
    {
        if (count == 0) AtEnd = true;
        return count;
    }
}
