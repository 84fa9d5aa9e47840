using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>One source that tries passwords as fast as it can: others log in meanwhile as if it were not there.</summary>
[Collection(nameof(Loud))]
public sealed class FloodTests
{
    private const string Password = "correct horse battery";
    private const int Attempts = 10_000;
    private const int AtOnce = 16;
    private const int LoginsMeanwhile = 8;

    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.2");
    private static readonly TestAccount[] Accounts = [new("ann", Password, "member"), new("bob", Password, "member")];

    [Fact]
    public async Task A_source_that_is_refused_for_ten_thousand_wrong_passwords_holds_up_nobody()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, "actornet.admission.exempt=[]");

        var (checkedAttempts, refused) = await FloodAsync(server, _ => "ann");

        Assert.Equal(Attempts, checkedAttempts + refused);
        // Four that fail are more than penalties.min; those that were under way then are checked too.
        Assert.InRange(checkedAttempts, 1, 4 + AtOnce);
    }

    [Fact]
    public async Task Ten_thousand_wrong_passwords_of_as_many_accounts_that_are_all_checked_hold_up_nobody()
    {
        // Loopback is exempt, and each name has failures of its own: the login itself bears all of it.
        await using var server = await ServerFixture.StartAsync(Accounts);

        var (checkedAttempts, refused) = await FloodAsync(server, i => $"user-{i}");

        Assert.Equal((Attempts, 0), (checkedAttempts, refused));
    }

    [Fact]
    public async Task A_device_that_is_known_logs_in_while_strangers_guess_at_its_account()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        await using var known = await server.ConnectAsync("ann", Password);
        var options = server.OptionsFor("ann", Client.Auth.Credentials.OfPassword(Password));

        var outcomes = new List<ErrorCode?>();
        for (var i = 0; i < 20; i++) outcomes.Add(await TryAsync(server, "ann"));

        Assert.Equal(ErrorCode.RateLimited, outcomes[^1]);
        await using var again = await Client.ActorNetClient.ConnectAsync(options with { Device = known.Device }).InTime();
        var stranger = await Assert.ThrowsAsync<Client.ConnectFailedException>(() => Client.ActorNetClient.ConnectAsync(options)).InTime();
        Assert.Equal(ErrorCode.RateLimited, stranger.Code);
    }

    private static async Task<(int Checked, int Refused)> FloodAsync(ServerFixture server, Func<int, string> accountOf)
    {
        var (next, checkedAttempts, refused) = (0, 0, 0);
        using var turns = new SemaphoreSlim(0);
        var attackers = Enumerable.Range(0, AtOnce).Select(_ => Task.Run(AttackAsync)).ToArray();
        for (var i = 0; i < LoginsMeanwhile; i++)
        {
            Assert.True(await turns.WaitAsync(Deadline.Time), "the flood has stopped");
            var clock = Stopwatch.StartNew();
            await using var client = await server.ConnectAsync("bob", Password);
            await client.PingAsync().InTime();
            Assert.True(clock.Elapsed < Deadline.Soon, $"login {i} took {clock.Elapsed}");
        }

        await Task.WhenAll(attackers).InTime();
        return (checkedAttempts, refused);

        async Task AttackAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number <= Attempts)
            {
                if (number % (Attempts / LoginsMeanwhile) == 1) turns.Release();
                if (await TryAsync(server, accountOf(number)) == ErrorCode.Unauthenticated) Interlocked.Increment(ref checkedAttempts);
                else Interlocked.Increment(ref refused);
            }
        }
    }

    // What a wrong password is answered; null for a connection that was reset before any answer.
    private static async Task<ErrorCode?> TryAsync(ServerFixture server, string account)
    {
        using var peer = await RawPeer.ConnectAsync(server.Endpoint, from: Attacker);
        try
        {
            var hello = RawPeer.Hello();
            await peer.SendAsync(hello);
            if (await peer.ReadAsync() is not { } answer) return null;
            if (answer.Type == FrameType.Goodbye) return CodeOf(answer);
            var login = RawScram.After(peer, hello, answer);
            if (await login.TryBeginAsync(account) is not { } scram) return CodeOf(login.Challenge);
            await peer.SendAsync(RawScram.WrongFinal(scram));
            return CodeOf(await peer.ReadAsync(FrameType.Goodbye));
        }
        catch (Exception e) when (e is SocketException or InvalidDataException)
        {
            return null;
        }
    }

    private static ErrorCode? CodeOf(in Frame goodbye) =>
        ProtocolJson.Decode(goodbye.Payload, ProtocolJsonContext.Default.Goodbye).Code;
}
