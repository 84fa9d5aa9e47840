using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ActorNet.Server.Listening.Tls;

namespace ActorNet.Server.Transports;

/// <summary>The bytes of a socket below TLS. It remembers that the end came, which <see cref="System.Net.Security.SslStream"/> does not tell.</summary>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>The peer's FIN was read.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>During the handshake: what is read is computed with when it is this one's turn.</summary>
    public HandshakeTurn? Turn { get; set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Turn?.End();
        var read = base.ReadAsync(buffer, cancellationToken);
        // A read of nothing brings nothing, at any time.
        if (buffer.IsEmpty) return read;
        if (Turn is { } turn) return NoteInTurnAsync(turn, read);
        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Note(read.Result)) : NoteAsync(read);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Turn?.End();
        return base.WriteAsync(buffer, cancellationToken);
    }

    private async ValueTask<int> NoteInTurnAsync(HandshakeTurn turn, ValueTask<int> read)
    {
        var count = Note(await read);
        await turn.BeginAsync();
        // Its time may have run out while it waited: nothing is computed for nobody.
        ObjectDisposedException.ThrowIf(Socket.SafeHandle.IsClosed, this);
        return count;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> NoteAsync(ValueTask<int> read) => Note(await read);

    private int Note(int count)
    {
        if (count == 0) AtEnd = true;
        return count;
    }
}
