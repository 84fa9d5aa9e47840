using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>Who logs in as one account acts as that one, whatever else the frames say.</summary>
public sealed class ActingAsAnotherTests
{
    private const string Password = "correct horse battery";
    private const string Nonce = "fyko+d2lbbFgONRv9qkxdawL";

    private static readonly TestAccount[] Accounts = [new("ann", Password, "member"), new("bob", Password, "admin")];

    [Theory]
    [InlineData("n,a=bob,n=ann")]
    [InlineData("n,a=ann,n=bob,n=ann")]
    [InlineData("n,,n=ann,a=bob")]
    public Task An_authorization_identity_of_somebody_else_is_refused(string first) => ExpectRefusedAsync(
        async (_, peer) => await peer.SendAsync(RawScram.Step($"{first},r={Nonce}")));

    [Fact]
    public async Task Ones_own_name_as_authorization_identity_is_accepted()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var peer = await server.ConnectRawAsync();
        await RawScram.HelloAsync(peer);

        await peer.SendAsync(RawScram.Step($"n,a=ann,n=ann,r={Nonce}"));

        await peer.ReadAsync(FrameType.Auth);
    }

    [Fact]
    public Task An_account_beside_the_one_in_the_data_is_refused() => ExpectRefusedAsync(
        async (login, peer) => await peer.SendAsync(
            new Authenticate(ScramMechanism.Plain, System.Text.Encoding.UTF8.GetBytes($"n,,n=ann,r={Nonce}"), "bob").ToFrame()));

    [Fact]
    public Task An_account_in_the_second_step_is_refused() => ExpectRefusedAsync(async (login, peer) =>
    {
        var scram = await login.BeginAsync("ann");
        var final = System.Text.Encoding.UTF8.GetBytes(RawScram.DataOf(RawScram.Final(scram, Password)));
        await peer.SendAsync(new Authenticate(ScramMechanism.Plain, final, "bob").ToFrame());
    });

    [Fact]
    public Task Another_mechanism_in_the_second_step_is_refused() => ExpectRefusedAsync(async (login, peer) =>
    {
        var scram = await login.BeginAsync("ann");
        var final = System.Text.Encoding.UTF8.GetBytes(RawScram.DataOf(RawScram.Final(scram, Password)));
        await peer.SendAsync(new Authenticate(HmacLogin.Mechanism, final).ToFrame());
    });

    [Fact]
    public async Task A_key_of_one_account_is_good_for_no_other()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);

        foreach (var claimed in new[] { "ann", "bob" })
        {
            using var peer = await server.ConnectRawAsync();
            var login = await RawScram.HelloAsync(peer);
            var proof = HmacLogin.ClientProof(
                server.KeyOf("ann"), login.ClientHello.Payload.Span, login.ServerHello.Payload.Span, claimed);

            await peer.SendAsync(new Authenticate(HmacLogin.Mechanism, proof, "bob").ToFrame());

            Assert.Equal(ErrorCode.Unauthenticated, (await peer.ReadGoodbyeAndEndAsync()).Code);
        }
    }

    [Fact]
    public async Task The_device_of_another_account_makes_nobody_that_account()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        await using var bob = await server.ConnectAsync("bob", Password);
        Assert.False(bob.Device.IsEmpty);

        await using var ann = await ActorNetClient.ConnectAsync(
            server.OptionsFor("ann", ActorNet.Client.Auth.Credentials.OfPassword(Password)) with { Device = bob.Device }).InTime();

        var who = await ann.WhoAmIAsync().InTime();
        Assert.Equal(("ann", "member"), (who.Account, Assert.Single(who.Roles)));
    }

    [Fact]
    public async Task A_name_shown_in_chat_does_not_change_who_has_spoken()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        await using var ann = await server.ConnectAsync("ann");
        await using var bob = await server.ConnectAsync("bob");
        await using var heard = await bob.OpenChatAsync().InTime();
        await heard.JoinAsync("lobby").InTime();

        await using var chat = await ann.OpenChatAsync(new ChatOptions("bob")).InTime();
        await chat.JoinAsync("lobby").InTime();
        await chat.SayAsync("lobby", "give me the keys").InTime();

        using var deadline = new CancellationTokenSource(Deadline.Time);
        var message = await heard.ReadEventsAsync(deadline.Token).OfType<RoomMessage>().FirstAsync(deadline.Token);
        Assert.Equal("ann", message.From.Account);
    }

    private static async Task ExpectRefusedAsync(Func<RawScram, RawPeer, Task> act)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var peer = await server.ConnectRawAsync();

        await act(await RawScram.HelloAsync(peer), peer);

        Assert.Contains((await peer.ReadGoodbyeAndEndAsync()).Code, new ErrorCode?[] { ErrorCode.Unauthenticated, ErrorCode.Invalid });
    }
}
