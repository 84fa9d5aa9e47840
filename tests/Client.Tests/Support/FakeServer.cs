using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Tests.Support;

/// <summary>
/// Listens on a free loopback port and does what a test says, step by step. Nothing is answered by itself.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    public const string Account = "alice";

    /// <summary>No wait in a test is longer; a test that comes here has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private readonly X509Certificate2? _certificate;

    /// <summary>With a certificate, over TLS.</summary>
    public FakeServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new ServerAddress(
            "127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, certificate is null ? Transport.Tcp : Transport.Tls);
    }

    public static byte[] Key { get; } = [.. Enumerable.Range(1, HmacLogin.KeyLength).Select(i => (byte)i)];

    public ServerAddress Address { get; }

    /// <summary>A client of this server, which knows its certificate and has no file of known ones.</summary>
    public ClientOptions Options => new()
    {
        Server = Address,
        Account = Account,
        Key = Key,
        KnownHosts = null,
        Fingerprint = _certificate is null ? null : Fingerprint,
    };

    public Fingerprint Fingerprint => Fingerprint.Of(_certificate!.RawData);

    /// <summary>The next client, after the TLS handshake where there is one.</summary>
    public async Task<FakePeer> AcceptAsync()
    {
        var socket = await AcceptSocketAsync();
        var plain = new NetworkStream(socket);
        if (_certificate is null) return new FakePeer(socket, plain);
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ApplicationProtocols = [new SslApplicationProtocol("actornet/1")],
        }).WaitAsync(Patience);
        return new FakePeer(socket, tls);
    }

    public Task<Socket> AcceptSocketAsync() => _listener.AcceptAsync().WaitAsync(Patience);

    /// <summary>A client that is logged in, and the server's end of its connection.</summary>
    public async Task<(ActorNetClient Client, FakePeer Peer)> ConnectAsync(ClientOptions? options = null)
    {
        var connecting = ActorNetClient.ConnectAsync(options ?? Options);
        var peer = await AcceptAsync();
        await peer.LogInAsync();
        return (await connecting.WaitAsync(Patience), peer);
    }

    public void Dispose() => _listener.Dispose();
}
