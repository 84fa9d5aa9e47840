using System.Net.Security;
using System.Net.Sockets;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Transports;

/// <summary>TLS on a socket of its own, after the handshake. Its peer declares the end by close_notify (RFC 8446, section 6.1).</summary>
internal sealed class TlsStream(Socket socket, SocketStream bytes, SslStream tls) : ITransportStream
{
    // SslStream returns 0 at close_notify without having read on, and at a FIN because it has.
    public bool WasCutOff => bytes.AtEnd;

    public ValueTask<int> ReadAsync(Memory<byte> buffer) => tls.ReadAsync(buffer);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => tls.WriteAsync(bytes);

    public async Task FinishSendingAsync()
    {
        await TlsGoodbye.SayAsync(tls);
        socket.Shutdown(SocketShutdown.Send);
    }

    public void Reset()
    {
        // Before the stream lets go of it: with a linger of 0 it is a RST.
        socket.Close(0);
        tls.Dispose();
    }

    public void Dispose() => tls.Dispose();
}
