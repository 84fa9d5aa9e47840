using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.TestSupport;

namespace ActorNet.Server.Tests.Listening.Tls;

public sealed class TlsHandshakeTests
{
    private static readonly TlsCertificate Certificate = Make();

    private static TlsCertificate Make()
    {
        var (certificate, key) = SelfSignedCertificate.Create("node.example", TimeProvider.System.GetUtcNow());
        return TlsCertificate.Parse(certificate, key);
    }

    private static async Task<(object Result, RawPeer Peer)> ShakeHandsAsync(Func<EndPoint, Task<RawPeer>> connect)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = connect(listener.LocalEndpoint);
        var result = await TlsHandshake.RunAsync(7, await listener.AcceptSocketAsync(), Certificate, new HandshakeTurns(1));
        return (result, await peer);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, "TLS 1.2 TLS_")]
    [InlineData(SslProtocols.Tls13, "TLS 1.3 TLS_")]
    public async Task A_connection_is_known_by_its_version_and_cipher_and_bound_as_its_client_knows_it(SslProtocols version, string name)
    {
        var (result, peer) = await ShakeHandsAsync(endpoint => RawPeer.ConnectTlsAsync(endpoint, protocols: version));
        var done = Assert.IsType<HandshakeDone>(result);
        Assert.Equal(7, done.Number);
        Assert.StartsWith(name, done.Protection.Name, StringComparison.Ordinal);
        Assert.Equal(
            TlsBindings.Of(peer.Tls).Select(binding => (binding.Type, Convert.ToHexString(binding.Data.Span))),
            done.Protection.Bindings.Select(binding => (binding.Type, Convert.ToHexString(binding.Data.Span))));
        Assert.Equal(ChannelBinding.TlsExporter, done.Protection.Bindings[0].Type);
        done.Stream.Dispose();
        peer.Dispose();
    }

    [Fact]
    public async Task Who_leaves_without_a_byte_has_not_tried_to_log_in()
    {
        var (result, _) = await ShakeHandsAsync(async endpoint =>
        {
            var peer = await RawPeer.ConnectAsync(endpoint);
            peer.FinishSending();
            return peer;
        });
        Assert.Equal(new HandshakeFailed(7, Fault.NoLogin, "it left before the TLS handshake"), result);
    }

    [Fact]
    public async Task Who_speaks_something_else_has_broken_the_protocol()
    {
        var (result, _) = await ShakeHandsAsync(async endpoint =>
        {
            var peer = await RawPeer.ConnectAsync(endpoint);
            await peer.SendBytesAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            return peer;
        });
        Assert.Equal(Fault.Violation, Assert.IsType<HandshakeFailed>(result).Fault);
    }

    [Fact]
    public async Task A_handshake_computes_when_it_is_its_turn_and_gives_it_back()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var turns = new HandshakeTurns(1);
        await turns.TakeAsync();
        var connecting = RawPeer.ConnectTlsAsync(listener.LocalEndpoint);
        var shaking = TlsHandshake.RunAsync(7, await listener.AcceptSocketAsync(), Certificate, turns);
        // Its hello has come, and the other turn would be after it.
        var another = TurnAfterOneThatWaits();
        Assert.False(connecting.IsCompleted);

        turns.Give();
        using var peer = await connecting;
        Assert.IsType<HandshakeDone>(await shaking).Stream.Dispose();
        await another;

        async Task TurnAfterOneThatWaits()
        {
            await turns.TakeAsync();
            turns.Give();
        }
    }

    [Fact]
    public async Task Who_takes_its_time_in_the_middle_of_a_handshake_holds_no_turn()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var turns = new HandshakeTurns(1);
        using var slow = await RawPeer.ConnectAsync(listener.LocalEndpoint);
        await slow.SendBytesAsync(new byte[] { 22, 3, 1, 2, 0, 1, 0, 1 });
        var stuck = TlsHandshake.RunAsync(1, await listener.AcceptSocketAsync(), Certificate, turns);

        var connecting = RawPeer.ConnectTlsAsync(listener.LocalEndpoint);
        var shaking = TlsHandshake.RunAsync(2, await listener.AcceptSocketAsync(), Certificate, turns);
        using var peer = await connecting;
        Assert.IsType<HandshakeDone>(await shaking).Stream.Dispose();

        Assert.False(stuck.IsCompleted);
        slow.Reset();
        Assert.IsType<HandshakeFailed>(await stuck);
        await turns.TakeAsync();
    }

    [Fact]
    public async Task Nothing_is_computed_for_who_is_gone_when_the_turn_comes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var turns = new HandshakeTurns(1);
        await turns.TakeAsync();
        var connecting = RawPeer.ConnectTlsAsync(listener.LocalEndpoint);
        var socket = await listener.AcceptSocketAsync();
        var shaking = TlsHandshake.RunAsync(7, socket, Certificate, turns);
        // As its deadline does.
        socket.Close(0);

        turns.Give();
        Assert.Equal(new HandshakeFailed(7, Fault.NoLogin, "it left during the TLS handshake"), await shaking);
        Assert.NotNull(await Record.ExceptionAsync(() => connecting));
        await turns.TakeAsync();
    }
}
