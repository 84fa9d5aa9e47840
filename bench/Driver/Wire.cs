using System.Net;
using System.Net.Sockets;

namespace ActorNet.Bench;

/// <summary>What carries the bytes of one connection of the load: the socket itself, or TLS over it.</summary>
internal abstract class Wire(Socket socket) : IDisposable
{
    /// <summary>Connects to loopback.</summary>
    public static Wire Connect(int port, bool tls)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return tls ? new TlsWire(socket) : new PlainWire(socket);
    }

    /// <summary>The socket, for epoll.</summary>
    public int Descriptor { get; } = (int)socket.Handle;

    /// <summary>Bytes are here that epoll does not know of.</summary>
    public virtual bool HasMore => false;

    /// <summary>Reads what is there: bytes, 0 at the end of the stream, -1 if nothing is there.</summary>
    public abstract int Receive(Span<byte> buffer);

    /// <summary>Writes what fits: bytes, or -1 if nothing fits.</summary>
    public abstract int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Writes all, for what is said before the load.</summary>
    public void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = Send(bytes);
            if (sent > 0) bytes = bytes[sent..];
            else Wait(SelectMode.SelectWrite);
        }
    }

    /// <summary>Reads something, or 0 at the end of the stream.</summary>
    public int ReceiveSome(Span<byte> buffer)
    {
        while (true)
        {
            var count = Receive(buffer);
            if (count >= 0) return count;
            Wait(SelectMode.SelectRead);
        }
    }

    public virtual void Dispose() => socket.Dispose();

    private void Wait(SelectMode mode)
    {
        if (!socket.Poll(TimeSpan.FromSeconds(10), mode)) throw new TimeoutException("no answer for 10 s");
    }
}

/// <summary>The socket itself.</summary>
internal sealed class PlainWire(Socket socket) : Wire(socket)
{
    public override int Receive(Span<byte> buffer) => Epoll.Receive(Descriptor, buffer);

    public override int Send(ReadOnlySpan<byte> bytes) => Epoll.Send(Descriptor, bytes);
}
