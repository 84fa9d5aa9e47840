using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Text;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.Server.Tests.Storage;
using ActorNet.TestSupport;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>The time before a TLS connection is one: strangers, handshakes, certificates, a port that fails.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StreamListenerActorTests : SocketNode
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private readonly TemporaryFolder _folder = new();
    private Func<IPEndPoint, int, IAcceptingSocket> _bind = AcceptingSocket.Bind;

    private protected override TlsSettings? Tls => TlsNode.Settings with { CheckInterval = TimeSpan.FromMilliseconds(20) };

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context)
    {
        var files = CertificateFiles.Of(settings.Tls!, settings.Name, _folder.Path);
        var bind = _bind;
        return Props.Create(() => new StreamListenerActor(settings, admission, context, files, bind));
    }

    private protected override Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectTlsAsync(Endpoint, receiveBuffer);

    private protected override void CleanUp() => _folder.Dispose();

    private async Task ExpectServedAsync()
    {
        using var peer = await OpenEchoAsync();
        await peer.SendAsync(Data([1]));
        Assert.Equal([1], await peer.ReadDataAsync(1));
    }

    // A ClientHello of TLS 1.1: nothing newer is in it.
    private static byte[] ClientHello11()
    {
        byte[] body = [3, 2, .. new byte[32], 0, 0, 4, 0xc0, 0x13, 0x00, 0x2f, 1, 0, 0, 0];
        byte[] message = [1, 0, 0, (byte)body.Length, .. body];
        return [22, 3, 1, 0, (byte)message.Length, .. message];
    }

    public static TheoryData<byte[]> Beginnings => new() { { [] }, { [22] }, { [22, 3, 1, 2, 0, 1, 0, 1] } };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task A_handshake_that_does_not_go_on_is_reset_at_the_login_deadline_and_counted_until_then(byte[] beginning)
    {
        Start(Limits with { LoginTimeout = Soon });
        using var peer = await RawPeer.ConnectAsync(Endpoint);
        await EventFilter.Info(contains: "no TLS handshake within 0.3 s").ExpectOneAsync(async () =>
        {
            await peer.SendBytesAsync(beginning);
            await Assert.ThrowsAsync<SocketException>(() => peer.ReadAsync());
        });
        AwaitAssert(() => Assert.Equal(0, CountLive()));
        ExpectNoErrors();
    }

    [Fact]
    public async Task A_handshake_counts_as_a_connection_before_the_login()
    {
        Start();
        using var silent = await RawPeer.ConnectAsync(Endpoint);
        AwaitAssert(() =>
        {
            Listener.Tell(new CountConnections());
            Assert.Equal(new ConnectionCount("native", 1, 1), ExpectMsg<ConnectionCount>());
        });
        silent.Dispose();
        AwaitAssert(() => Assert.Equal(0, CountLive()));
    }

    [Fact]
    public async Task What_the_handshake_took_of_the_time_for_the_login_is_gone()
    {
        Start(Limits with { LoginTimeout = TimeSpan.FromSeconds(1) });
        using var peer = await RawPeer.ConnectTlsAsync(Endpoint);
        await EventFilter.Info(contains: "no login within 1 s").ExpectOneAsync(() => peer.ReadGoodbyeAndEndAsync());
    }

    public static TheoryData<byte[]> Plain => new()
    {
        { RawPeer.Bytes(RawPeer.Hello()) },
        { Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") },
        { [0] },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task Who_speaks_in_plaintext_is_closed_and_the_log_says_what_it_was(byte[] bytes)
    {
        Start();
        using var peer = await RawPeer.ConnectAsync(Endpoint);
        await EventFilter.Info(contains: "not TLS").ExpectOneAsync(async () =>
        {
            await peer.SendBytesAsync(bytes);
            await EndAsync(peer);
        });
        AwaitAssert(() => Assert.Equal(0, CountLive()));
        await ExpectServedAsync();
    }

    [Fact]
    public async Task Garbage_in_the_shape_of_TLS_is_closed_with_one_line()
    {
        Start();
        using var peer = await RawPeer.ConnectAsync(Endpoint);
        await EventFilter.Info(contains: "the TLS handshake failed").ExpectOneAsync(async () =>
        {
            await peer.SendBytesAsync(new byte[] { 22, 3, 1, 0, 4, 9, 9, 9, 9 });
            await EndAsync(peer);
        });
        await ExpectServedAsync();
    }

    [Fact]
    public async Task A_storm_of_failures_is_one_line_and_a_number()
    {
        Start();
        await EventFilter.Info(contains: "closed before the login").ExpectOneAsync(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                using var peer = await RawPeer.ConnectAsync(Endpoint);
                await peer.SendBytesAsync(new byte[] { 1 });
                await EndAsync(peer);
            }

            AwaitAssert(() => Assert.Equal(0, CountLive()));
        });
    }

    [Fact]
    public async Task TLS_1_1_is_refused_with_the_alert_protocol_version()
    {
        Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Endpoint);
        await socket.SendAsync(ClientHello11());
        using var stream = new NetworkStream(socket);
        var alert = new byte[7];
        await stream.ReadExactlyAsync(alert);
        // Record of type alert; fatal (2), protocol_version (70): RFC 8446, section 6.2.
        Assert.Equal((21, 2, 70), (alert[0], alert[5], alert[6]));
    }

    [Fact]
    public async Task The_application_protocol_is_taken_if_offered_and_another_one_refused()
    {
        Start();
        Assert.Equal("actornet/1", (await ShakeHandsAsync("h2", "actornet/1")).ToString());
        Assert.Equal("", (await ShakeHandsAsync()).ToString());
        await Assert.ThrowsAsync<AuthenticationException>(() => ShakeHandsAsync("h2"));
    }

    [Fact]
    public async Task A_changed_certificate_is_shown_to_new_connections_and_old_ones_stay()
    {
        Start();
        using var old = await OpenEchoAsync();
        var (certificate, key) = SelfSignedCertificate.Create("other.example", TimeProvider.System.GetUtcNow());
        await EventFilter.Info(contains: "the certificate was changed").ExpectOneAsync(() =>
        {
            _folder.Write("cert.pem", certificate);
            _folder.Write("key.pem", key);
            return Task.CompletedTask;
        });
        using var peer = await OpenEchoAsync();
        Assert.NotEqual(old.Tls.RemoteCertificate!.GetCertHashString(), peer.Tls.RemoteCertificate!.GetCertHashString());
        await old.SendAsync(Data([1]));
        Assert.Equal([1], await old.ReadDataAsync(1));
    }

    [Fact]
    public void Without_a_certificate_it_does_not_start_and_says_what_to_do()
    {
        _folder.Write("cert.pem", "garbage");
        AskToListen();
        var failed = ExpectMsg<ListenerFailed>();
        Assert.Contains("key.pem does not exist", failed.Reason, StringComparison.Ordinal);
        Assert.StartsWith("Restore it", failed.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_cannot_be_bound_is_reported_in_the_kernels_words()
    {
        _bind = (_, _) => throw new SocketException((int)SocketError.AddressAlreadyInUse);
        AskToListen();
        var failed = ExpectMsg<ListenerFailed>();
        Assert.Equal("Address already in use", failed.Reason);
        Assert.Null(failed.Advice);
    }

    [Fact]
    public async Task A_port_that_takes_nobody_for_a_while_goes_on_afterwards_and_says_so_once()
    {
        var port = new FailingSocket(AcceptingSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0), 16), failures: 3);
        _bind = (_, _) => port;
        await EventFilter.Warning(contains: "no connection can be taken now").ExpectOneAsync(async () =>
        {
            Start();
            await ExpectServedAsync();
        });
        Assert.Equal(0, port.FailuresLeft);
    }

    private async Task<SslApplicationProtocol> ShakeHandsAsync(params string[] protocols)
    {
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)Endpoint);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = protocols.Length > 0 ? [.. protocols.Select(name => new SslApplicationProtocol(name))] : null,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return tls.NegotiatedApplicationProtocol;
    }

    // With what it sent unread it is a reset, else the end.
    private static async Task EndAsync(RawPeer peer)
    {
        try
        {
            while (await peer.ReadAsync() is not null)
            {
            }
        }
        catch (Exception e) when (e is SocketException or Protocol.ProtocolViolationException)
        {
            // The alert is no frame.
        }
    }

    private sealed class FailingSocket(IAcceptingSocket inner, int failures) : IAcceptingSocket
    {
        public int FailuresLeft { get; private set; } = failures;

        public IPEndPoint LocalEndPoint => inner.LocalEndPoint;

        public Task<Socket> AcceptAsync() => FailuresLeft-- > 0
            ? Task.FromException<Socket>(new SocketException((int)SocketError.TooManyOpenSockets))
            : AcceptAfterFailuresAsync();

        public void Dispose() => inner.Dispose();

        private Task<Socket> AcceptAfterFailuresAsync()
        {
            FailuresLeft = 0;
            return inner.AcceptAsync();
        }
    }
}
