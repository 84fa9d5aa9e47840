using System.Net;
using System.Net.Sockets;

namespace ActorNet.Server.Listening;

/// <summary>A TCP port of the kernel.</summary>
internal sealed class AcceptingSocket : IAcceptingSocket
{
    private readonly Socket _socket;

    private AcceptingSocket(Socket socket) => _socket = socket;

    /// <inheritdoc />
    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">With the kernel's words.</exception>
    public static IAcceptingSocket Bind(IPEndPoint endpoint, int backlog)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(backlog);
            return new AcceptingSocket(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<Socket> AcceptAsync() => _socket.AcceptAsync();

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
