using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Transports;
using Akka.Event;

namespace ActorNet.Server.Listening.Tls;

/// <summary>The handshake with one client that was admitted. Ends also when its socket is closed; whoever started it sets its time.</summary>
internal static class TlsHandshake
{
    // ContentType handshake (RFC 8446, section 5.1): the first byte of every TLS client.
    private const byte HandshakeRecord = 22;
    private const int ReasonLength = 120;

    /// <summary>Runs; <see cref="HandshakeDone"/> or <see cref="HandshakeFailed"/>, with the number that was given.</summary>
    public static async Task<object> RunAsync(long number, Socket socket, TlsCertificate certificate, HandshakeTurns turns)
    {
        SslStream? tls = null;
        try
        {
            // A stranger that says nothing costs no more than its socket.
            var first = new byte[1];
            if (await socket.ReceiveAsync(first, SocketFlags.Peek) == 0)
                return Fail(Fault.NoLogin, "it left before the TLS handshake");
            if (first[0] != HandshakeRecord)
                return Fail(Fault.Violation, "not TLS, and this listener takes nothing else");

            var bytes = new SocketStream(socket) { Turn = new HandshakeTurn(turns) };
            tls = new SslStream(bytes);
            try
            {
                await tls.AuthenticateAsServerAsync(certificate.Options);
            }
            finally
            {
                bytes.Turn.End();
                bytes.Turn = null;
            }

            return new HandshakeDone(
                number, new TlsStream(socket, bytes, tls), new TransportProtection(NameOf(tls), TlsBindings.Of(tls, certificate.Binding)));
        }
        catch (AuthenticationException e)
        {
            return Fail(Fault.NoLogin, $"the TLS handshake failed: {e.GetBaseException().Message}");
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return Fail(Fault.NoLogin, "it left during the TLS handshake");
        }

        HandshakeFailed Fail(Fault fault, string reason)
        {
            tls?.Dispose();
            socket.Dispose();
            return new HandshakeFailed(number, fault, reason.Length > ReasonLength ? reason[..ReasonLength] : reason);
        }
    }

    // TLS 1.3 TLS_AES_256_GCM_SHA384
    private static string NameOf(SslStream tls) =>
        $"{(tls.SslProtocol == SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2")} {tls.NegotiatedCipherSuite}";
}

/// <summary>To the listener: the client and this node share a session.</summary>
internal sealed record HandshakeDone(long Number, ITransportStream Stream, TransportProtection Protection) : IDeadLetterSuppression;

/// <summary>To the listener: there will be none. The socket is closed.</summary>
internal sealed record HandshakeFailed(long Number, Fault Fault, string Reason) : IDeadLetterSuppression;
