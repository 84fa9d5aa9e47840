using System.Net.Security;
using System.Net.Sockets;
using ActorNet.Client.Auth;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Connections;

/// <summary>
/// Somebody whose certificate the user said yes to passes every frame on to the real server. The bindings of the two
/// connections differ, so that neither login gets through.
/// </summary>
public sealed class ManInTheMiddleTests : IDisposable
{
    private readonly FakeServer _server = new(TestCertificate.One);
    private readonly FakeServer _middle = new(TestCertificate.Other);

    public void Dispose()
    {
        _server.Dispose();
        _middle.Dispose();
    }

    [Theory]
    [InlineData(ChannelBinding.TlsExporter)]
    [InlineData(ChannelBinding.TlsServerEndPoint)]
    public async Task Password_is_not_passed_on(string binding)
    {
        var connecting = ActorNetClient.ConnectAsync(
            _middle.Options with { Credentials = Credentials.OfPassword(ScramAccount.Password) });
        var (peer, relay) = await RelayAsync();
        using (peer)
        {
            var (_, login) = await peer.ChallengeAsync(
                ScramAccount.Offer, [.. TlsBindings.Of(peer.Tls!).Where(b => b.Type == binding)], ScramAccount.Credential);
            var final = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
            var e = Assert.Throws<ProtocolViolationException>(() => login.Check(final.Data));
            Assert.Equal(ErrorCode.Unauthenticated, e.Code);
        }

        await Assert.ThrowsAnyAsync<ActorNetException>(() => connecting.WaitAsync(FakeServer.Patience));
        await relay.WaitAsync(FakeServer.Patience);
    }

    [Fact]
    public async Task Key_is_not_passed_on()
    {
        var connecting = ActorNetClient.ConnectAsync(_middle.Options);
        var (peer, relay) = await RelayAsync();
        using (peer)
        {
            var bindings = TlsBindings.Of(peer.Tls!);
            var (clientHello, serverHello) = await peer.GreetAsync(
                [HmacLogin.PlusMechanism, HmacLogin.Mechanism], [.. bindings.Select(b => b.Type)]);
            var auth = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
            Assert.Equal(HmacLogin.PlusMechanism, auth.Mechanism);
            Assert.NotEqual(
                HmacLogin.ClientProof(FakeServer.Key, clientHello, serverHello, auth.Account!, bindings[0]), auth.Data);

            // a server that lets it pass has proven its own connection, not the client's
            var proof = HmacLogin.ServerProof(FakeServer.Key, clientHello, serverHello, auth.Account!, bindings[0]);
            await peer.SendAsync(new Authenticated(auth.Account!, proof, "n", [], 1).ToFrame());
            var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
            Assert.Contains("could not prove", e.Message, StringComparison.Ordinal);
        }

        await relay.WaitAsync(FakeServer.Patience);
    }

    [Fact]
    public async Task Key_without_anybody_in_the_middle_is_bound_to_the_connection()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        var bindings = TlsBindings.Of(peer.Tls!);
        var (clientHello, serverHello) = await peer.GreetAsync(
            [HmacLogin.PlusMechanism, HmacLogin.Mechanism], [.. bindings.Select(b => b.Type)]);
        var auth = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        Assert.Equal(HmacLogin.PlusMechanism, auth.Mechanism);
        Assert.Equal(HmacLogin.ClientProof(FakeServer.Key, clientHello, serverHello, "alice", bindings[0]), auth.Data);
        var proof = HmacLogin.ServerProof(FakeServer.Key, clientHello, serverHello, "alice", bindings[0]);
        await peer.SendAsync(new Authenticated("alice", proof, "n", [], 1).ToFrame());
        await using var client = await connecting.WaitAsync(FakeServer.Patience);
        Assert.Equal(HmacLogin.PlusMechanism, client.Mechanism);
        Assert.Null(client.ScramKeys);
    }

    // The client's connection to the middle, decrypted and passed on to the real server; the server's end, and the relay's work.
    private async Task<(FakePeer Peer, Task Relay)> RelayAsync()
    {
        var accepting = _server.AcceptAsync();
        var near = await _middle.AcceptAsync();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Address.ToEndPoint());
        var far = new SslStream(new NetworkStream(socket, ownsSocket: true), false, (_, shown, _, _) => TestCertificate.One.Equals(shown));
        await far.AuthenticateAsClientAsync("middle");
        return (await accepting, PassOnAsync(near, far));
    }

    private static async Task PassOnAsync(FakePeer near, SslStream far)
    {
        using var _ = near;
        await using var __ = far;
        try
        {
            await Task.WhenAny(near.Tls!.CopyToAsync(far), far.CopyToAsync(near.Tls));
        }
        catch (IOException)
        {
            // one of the two has had enough
        }
    }
}
