using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Listening.Tls;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>
/// Somebody between client and server who has talked the client into his own certificate: TLS to both sides, every frame passed on, some
/// of them changed.
/// </summary>
internal sealed class ManInTheMiddle : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<FrameType> _fromServer = new();
    private readonly Task _relaying;

    /// <summary>Waits for one client.</summary>
    /// <param name="server">Where its frames go.</param>
    /// <param name="change">What becomes of each frame, of either side.</param>
    public ManInTheMiddle(IPEndPoint server, Func<Frame, Frame> change)
    {
        var (certificate, key) = SelfSignedCertificate.Create("localhost", TimeProvider.System.GetUtcNow());
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _relaying = RelayAsync(server, change);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Of his certificate.</summary>
    public Fingerprint Fingerprint => Fingerprint.Of(_certificate.RawData);

    /// <summary>What the server has sent, once both sides are closed.</summary>
    public async Task<IReadOnlyList<FrameType>> FromServerAsync()
    {
        await _relaying.InTime();
        return [.. _fromServer];
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        try
        {
            await _relaying.InTime();
        }
        catch (SocketException)
        {
            // Nobody has come.
        }

        _certificate.Dispose();
    }

    private async Task RelayAsync(IPEndPoint endpoint, Func<Frame, Frame> change)
    {
        using var client = await RawPeer.AcceptTlsAsync(await _listener.AcceptSocketAsync(), _certificate);
        using var server = await RawPeer.ConnectTlsAsync(endpoint);
        var toServer = PumpAsync(client, server, change);
        await PumpAsync(server, client, frame =>
        {
            _fromServer.Enqueue(frame.Type);
            return change(frame);
        });
        await toServer;
    }

    // One side that goes takes the other with it.
    private static async Task PumpAsync(RawPeer from, RawPeer to, Func<Frame, Frame> change)
    {
        try
        {
            while (await from.ReadAsync() is { } frame) await to.SendAsync(change(frame));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other pump, or the peer, has ended it.
        }
        finally
        {
            to.Dispose();
        }
    }
}
