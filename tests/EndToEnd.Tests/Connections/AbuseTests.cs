using System.Text;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Connections;

/// <summary>Who does not keep to the protocol is told why and closed, and nobody else notices.</summary>
public sealed class AbuseTests
{
    private static readonly byte[] OversizedLength = [0x7F, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0];
    private static readonly byte[] OneOverTheLimitBeforeTheLogin = [0, 0, 0x20, 0x06];
    private static readonly byte[] UnknownType = [0, 0, 0, 5, 99, 0, 0, 0, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Random_bytes_are_a_violation(int seed) =>
        ExpectAsync(ErrorCode.ProtocolViolation, (_, peer) => peer.SendBytesAsync(Content.Of(1000, seed)));

    [Fact]
    public Task More_bytes_than_a_login_needs_are_too_large() => ExpectAsync(
        ErrorCode.TooLarge, (_, peer) => peer.SendBytesAsync(Content.Of(Content.MiB, seed: 1)));

    [Fact]
    public Task A_length_of_two_GiB_is_a_violation() =>
        ExpectAsync(ErrorCode.ProtocolViolation, (_, peer) => peer.SendBytesAsync(OversizedLength));

    [Fact]
    public Task A_length_one_over_the_limit_is_a_violation_before_anything_of_it_came() =>
        ExpectAsync(ErrorCode.ProtocolViolation, (_, peer) => peer.SendBytesAsync(OneOverTheLimitBeforeTheLogin));

    [Fact]
    public Task An_unknown_type_is_a_violation() =>
        ExpectAsync(ErrorCode.ProtocolViolation, (_, peer) => peer.SendBytesAsync(UnknownType));

    [Fact]
    public Task An_HTTP_request_is_a_violation() => ExpectAsync(
        ErrorCode.ProtocolViolation,
        (server, peer) => peer.SendBytesAsync(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: {server.Endpoint}\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\n\r\n")));

    [Fact]
    public Task A_TLS_greeting_is_a_violation() => ExpectAsync(
        ErrorCode.ProtocolViolation,
        (_, peer) => peer.SendBytesAsync(new byte[] { 0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, 0x55, 0x66 }));

    [Fact]
    public Task Silence_lasts_until_the_login_timeout() =>
        ExpectAsync(ErrorCode.Timeout, (_, _) => Task.CompletedTask, "actornet.connections.login-timeout=1s");

    [Fact]
    public Task A_login_that_stops_half_way_lasts_until_the_login_timeout() => ExpectAsync(
        ErrorCode.Timeout,
        async (_, peer) =>
        {
            await peer.SendAsync(RawPeer.Hello());
            await peer.ReadAsync(FrameType.Hello);
        },
        "actornet.connections.login-timeout=1s");

    [Fact]
    public Task An_OPEN_before_the_login_is_unauthenticated() => ExpectAsync(
        ErrorCode.Unauthenticated, (_, peer) => peer.SendAsync(new OpenChannel(ServiceNames.Echo, 1).ToFrame(1)));

    [Fact]
    public Task A_PING_before_the_login_is_unauthenticated() =>
        ExpectAsync(ErrorCode.Unauthenticated, (_, peer) => peer.SendAsync(RawChannels.Ping("hello?")));

    [Fact]
    public Task An_AUTH_before_HELLO_is_a_violation() => ExpectAsync(
        ErrorCode.ProtocolViolation,
        (server, peer) => peer.SendAsync(RawPeer.Auth(RawPeer.Hello(), RawPeer.Hello(), "admin", server.Key)));

    [Fact]
    public Task A_wrong_key_is_unauthenticated() => ExpectAsync(
        ErrorCode.Unauthenticated, (_, peer) => TryLoginAsync(peer, "admin", new byte[HmacLogin.KeyLength]));

    [Fact]
    public Task An_unknown_account_is_unauthenticated() =>
        ExpectAsync(ErrorCode.Unauthenticated, (server, peer) => TryLoginAsync(peer, "nobody", server.Key));

    [Fact]
    public Task A_proof_that_was_good_once_is_unauthenticated_on_another_connection() => ExpectAsync(
        ErrorCode.Unauthenticated,
        async (server, peer) =>
        {
            var hello = RawPeer.Hello();
            using var first = await server.ConnectRawAsync();
            await first.SendAsync(hello);
            var auth = RawPeer.Auth(hello, await first.ReadAsync(FrameType.Hello), "admin", server.Key);
            await first.SendAsync(auth);
            await first.ReadAsync(FrameType.Authenticated);

            await peer.SendAsync(hello);
            await peer.ReadAsync(FrameType.Hello);
            await peer.SendAsync(auth);
        });

    [Fact]
    public Task More_than_the_window_is_a_violation_also_after_the_login() => ExpectAsync(
        ErrorCode.ProtocolViolation,
        async (server, peer) =>
        {
            await peer.LoginAsync("admin", server.Key);
            var opened = await peer.OpenAsync(1, ServiceNames.Echo, window: 0);
            var piece = Content.Of(64 * Content.KiB, seed: 1);
            for (var sent = 0L; sent <= opened.Window; sent += piece.Length)
                await peer.SendAsync(RawChannels.Data(1, piece));
        });

    private static async Task ExpectAsync(
        ErrorCode code, Func<ServerFixture, RawPeer, Task> abuse, params string[] settings)
    {
        await using var server = await ServerFixture.StartAsync(settings);
        await using var bystander = await Bystander.StartAsync(server);
        using var peer = await server.ConnectRawAsync();

        await abuse(server, peer);

        Assert.Equal(code, (await peer.ReadGoodbyeAndEndAsync()).Code);
        await bystander.ExpectUndisturbedAsync();
    }

    private static async Task TryLoginAsync(RawPeer peer, string account, byte[] key)
    {
        var hello = RawPeer.Hello();
        await peer.SendAsync(hello);
        await peer.SendAsync(RawPeer.Auth(hello, await peer.ReadAsync(FrameType.Hello), account, key));
    }
}
