using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Connections;

public sealed class LoginTests : IDisposable
{
    private readonly FakeServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Login_proves_the_key_and_takes_what_the_server_says_of_itself()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        using var __ = peer;
        Assert.Equal("test-node", client.Node);
        Assert.Equal(FakeServer.Account, client.Account);
        Assert.Equal(64, client.MaxChannels);
        Assert.Contains("exec", client.Services);
    }

    [Fact]
    public async Task Hello_offers_version_1_and_a_new_nonce_each_time()
    {
        var nonces = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var connecting = ActorNetClient.ConnectAsync(_server.Options);
            using var peer = await _server.AcceptAsync();
            var hello = await peer.ExpectAsync(FrameType.Hello, ProtocolJsonContext.Default.ClientHello);
            Assert.Equal([1], hello.Versions);
            Assert.Equal(ProtocolLimits.NonceLength, hello.Nonce.Length);
            nonces.Add(Convert.ToHexString(hello.Nonce));
            peer.Dispose();
            await Assert.ThrowsAnyAsync<ActorNetException>(() => connecting);
        }

        Assert.NotEqual(nonces[0], nonces[1]);
    }

    [Fact]
    public async Task Server_with_another_key_is_not_believed()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.LogInAsync(key: new byte[HmacLogin.KeyLength]);
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting);
        Assert.Contains("could not prove", e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Authenticated_for_another_account_is_not_believed()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        var (clientHello, serverHello) = await peer.GreetAsync();
        await peer.ExpectAsync(FrameType.Auth);
        var proof = HmacLogin.ServerProof(FakeServer.Key, clientHello, serverHello, FakeServer.Account);
        await peer.SendAsync(new Authenticated("mallory", proof, "n", [], 1).ToFrame());
        await Assert.ThrowsAsync<LoginFailedException>(() => connecting);
    }

    [Fact]
    public async Task Authenticated_before_auth_is_refused()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.SendAsync(new Authenticated(FakeServer.Account, new byte[32], "n", [], 1).ToFrame());
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);
        Assert.Contains("AUTHENTICATED came where HELLO belongs", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCode.TooMany)]
    [InlineData(ErrorCode.Unavailable)]
    [InlineData(ErrorCode.RateLimited)]
    public async Task Goodbye_as_the_first_frame_is_the_reason_of_the_failure(ErrorCode code)
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.SendAsync(new Goodbye(code, "not now").ToFrame());
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);
        Assert.Equal(code, e.Code);
        Assert.Contains("not now", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goodbye_unauthenticated_after_auth_is_a_failed_login()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.GreetAsync();
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Goodbye(ErrorCode.Unauthenticated, "the login failed").ToFrame());
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting);
        Assert.Equal(ErrorCode.Unauthenticated, e.Code);
    }

    [Fact]
    public async Task Server_without_the_mechanism_gets_no_proof()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.ExpectAsync(FrameType.Hello);
        await peer.SendAsync(new ServerHello(1, "fake/1.0", new byte[32], ["OTHER"]).ToFrame());
        await Assert.ThrowsAsync<LoginFailedException>(() => connecting);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Server_of_another_version_is_a_failed_connection()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.ExpectAsync(FrameType.Hello);
        await peer.SendAsync(new ServerHello(2, "fake/1.0", new byte[32], [HmacLogin.Mechanism]).ToFrame());
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);
        Assert.Contains("version 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_than_frames_is_a_failed_connection()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        await peer.SendBytesAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);
        Assert.Contains("does not speak this protocol", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_says_nothing_is_given_up_at_the_timeout_and_not_before()
    {
        var time = new ManualTime();
        var connecting = ActorNetClient.ConnectAsync(_server.Options with { TimeProvider = time });
        using var peer = await _server.AcceptAsync();
        await peer.ExpectAsync(FrameType.Hello);
        time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(connecting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.001));
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting);
        Assert.Contains("within 10 seconds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_during_the_login_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var connecting = ActorNetClient.ConnectAsync(_server.Options, cancel.Token);
        using var peer = await _server.AcceptAsync();
        await peer.ExpectAsync(FrameType.Hello);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Nobody_listening_is_a_failed_connection()
    {
        var options = _server.Options;
        _server.Dispose();
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => ActorNetClient.ConnectAsync(options));
        Assert.Contains(options.Server.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_in_single_bytes_is_the_same_login()
    {
        var connecting = ActorNetClient.ConnectAsync(_server.Options);
        using var peer = await _server.AcceptAsync();
        var clientHello = (await peer.ExpectAsync(FrameType.Hello)).Payload.ToArray();
        var serverHello = new ServerHello(1, "fake/1.0", new byte[32], [HmacLogin.Mechanism]).ToFrame();
        await DribbleAsync(peer, serverHello);
        await peer.ExpectAsync(FrameType.Auth);
        var proof = HmacLogin.ServerProof(FakeServer.Key, clientHello, serverHello.Payload.Span, FakeServer.Account);
        await DribbleAsync(peer, new Authenticated(FakeServer.Account, proof, "n", [], 1).ToFrame());
        await using var client = await connecting.WaitAsync(FakeServer.Patience);
        Assert.Equal("n", client.Node);
    }

    private static async Task DribbleAsync(FakePeer peer, Frame frame)
    {
        peer.Socket.NoDelay = true;
        foreach (var b in FrameWriter.ToArray(frame)) await peer.SendBytesAsync(new[] { b });
    }
}
