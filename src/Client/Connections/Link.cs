using System.Net.Sockets;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Connections;

/// <summary>Bytes to a server and back, plaintext or TLS: one reader and one writer at a time.</summary>
internal abstract class Link : IDisposable
{
    /// <summary>What a login can be bound to; none in plaintext.</summary>
    public virtual IReadOnlyList<ChannelBinding> Bindings => [];

    /// <summary>Whether this is what a link throws when it breaks.</summary>
    public static bool IsLoss(Exception e) =>
        e is SocketException or ObjectDisposedException or (IOException and not ActorNetException);

    /// <summary>Reads once; 0 at the end.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Sends all of it.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Nothing more will be sent.</summary>
    public abstract ValueTask FinishAsync();

    /// <inheritdoc />
    public abstract void Dispose();
}

/// <summary>Plaintext, straight on the socket.</summary>
internal sealed class PlainLink(Socket socket) : Link
{
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
    }

    public override ValueTask FinishAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        return ValueTask.CompletedTask;
    }

    public override void Dispose() => socket.Dispose();
}
