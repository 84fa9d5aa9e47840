using System.Text.RegularExpressions;
using ActorNet.Client;
using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Frames;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>Logins by password, and what those that fail give away: nothing.</summary>
public sealed partial class PasswordTests
{
    private const string Password = "correct horse battery";

    private static readonly TestAccount[] Accounts =
    [
        new("ann", Password, "member"),
        new("disabled", Password, "member") { IsEnabled = false },
        new("keyonly", null, "member"),
    ];

    [Theory]
    [InlineData(Transport.Tcp, ScramMechanism.Plain, "none")]
    [InlineData(Transport.Tls, ScramMechanism.Plus, "TLS 1.")]
    public async Task Who_knows_the_password_is_in_and_bound_to_the_connection_over_TLS(
        Transport transport, string mechanism, string protection)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        await using var client = await server.ConnectAsync("ann", Password, transport);

        var who = await client.WhoAmIAsync().InTime();
        Assert.Equal(("ann", mechanism, Protocol.Accounts.WhoAmI.Password), (who.Account, who.Mechanism, who.Credential));
        Assert.Equal(mechanism, client.Mechanism);
        Assert.StartsWith(protection, who.Protection, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_login_has_left_logs_in_again_until_the_password_is_another()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, "actornet.accounts.poll-interval=10ms");
        await using var first = await server.ConnectAsync("ann", Password);
        var kept = Credentials.OfScramKeys(first.ScramKeys!);

        await using var second = await ActorNetClient.ConnectAsync(server.OptionsFor("ann", kept)).InTime();
        await server.CommandAsync("user", "passwd", "ann", "--generate");
        // The end of what is open says that the node knows.
        await Assert.ThrowsAnyAsync<ActorNetException>(() => EchoUntilClosedAsync(second)).InTime();

        await Assert.ThrowsAsync<StaleLoginException>(() => ActorNetClient.ConnectAsync(server.OptionsFor("ann", kept))).InTime();
    }

    [Theory]
    [InlineData("ann", "wrong horse battery")]
    [InlineData("nobody", Password)]
    [InlineData("disabled", Password)]
    [InlineData("keyonly", Password)]
    public async Task Whoever_fails_is_told_the_same(string account, string password)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        foreach (var transport in new[] { Transport.Tcp, Transport.Tls })
        {
            var failure = await Assert.ThrowsAsync<LoginFailedException>(() => server.ConnectAsync(account, password, transport));
            Assert.Equal(ErrorCode.Unauthenticated, failure.Code);
            Assert.EndsWith($" did not let {account} in: the login failed (unauthenticated)", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Frames_of_a_failed_login_by_password_differ_in_nonces_and_salts_alone()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        var wrong = await FramesOfAsync(server, "ann", "wrong horse battery");

        Assert.Equal(["HELLO", "AUTH", "GOODBYE"], wrong.Select(frame => frame.Split(' ')[0]));
        Assert.Equal(wrong, await FramesOfAsync(server, "nobody", Password));
        Assert.Equal(wrong, await FramesOfAsync(server, "disabled", Password));
        Assert.Equal(wrong, await FramesOfAsync(server, "keyonly", Password));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("nobody")]
    [InlineData("disabled")]
    public async Task A_name_has_the_same_salt_every_time_whether_somebody_has_it_or_not(string account)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        Assert.Equal(await SaltOfAsync(server, account), await SaltOfAsync(server, account));
    }

    [Fact]
    public async Task Frames_of_a_failed_login_by_key_differ_in_nonces_alone()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        var wrong = await FramesByKeyAsync(server, "ann", new byte[HmacLogin.KeyLength]);

        Assert.Equal(["HELLO", "GOODBYE"], wrong.Select(frame => frame.Split(' ')[0]));
        Assert.Equal(wrong, await FramesByKeyAsync(server, "nobody", server.KeyOf("ann")));
        Assert.Equal(wrong, await FramesByKeyAsync(server, "disabled", server.KeyOf("disabled")));
        Assert.Equal(wrong, await FramesByKeyAsync(server, "disabled", server.KeyOf("ann")));
    }

    private static async Task<List<string>> FramesOfAsync(ServerFixture server, string account, string password)
    {
        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);
        var scram = await login.BeginAsync(account);
        await peer.SendAsync(RawScram.Final(scram, password));
        return [.. new[] { login.ServerHello, login.Challenge }.Concat(await peer.ReadToEndAsync()).Select(WithoutRandom)];
    }

    private static async Task<List<string>> FramesByKeyAsync(ServerFixture server, string account, byte[] key)
    {
        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);
        await peer.SendAsync(RawPeer.Auth(login.ClientHello, login.ServerHello, account, key));
        return [.. new[] { login.ServerHello }.Concat(await peer.ReadToEndAsync()).Select(WithoutRandom)];
    }

    private static async Task<string> SaltOfAsync(ServerFixture server, string account)
    {
        using var peer = await server.ConnectRawAsync();
        return Convert.ToBase64String((await (await RawScram.HelloAsync(peer)).BeginAsync(account)).Salt);
    }

    // Every byte of a frame, with as many stars as a nonce, a salt or a hash has characters in its place.
    private static string WithoutRandom(Frame frame)
    {
        // Base64 in JSON: a plus may be escaped.
        var json = System.Text.Encoding.UTF8.GetString(frame.Payload.Span).Replace(@"\u002B", "+", StringComparison.Ordinal);
        var shown = frame.Type == FrameType.Auth
            ? $"{Data().Replace(json, "*")} {RawScram.DataOf(frame)}"
            : json;
        return $"{frame.Type.ToWire()} {frame.Channel} {Random().Replace(shown, found => new string('*', found.Length))}";
    }

    private static async Task EchoUntilClosedAsync(ActorNetClient client)
    {
        while (true) await client.PingAsync();
    }

    [GeneratedRegex("(?<=\"data\":\")[^\"]*")]
    private static partial Regex Data();

    [GeneratedRegex("(?<=\"nonce\":\")[^\"]*|(?<=[ ,][rsh]=)[^,]*")]
    private static partial Regex Random();
}
