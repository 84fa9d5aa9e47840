using System.Text;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>What was said in one login is of no use in another: not replayed, not sent back, not swapped.</summary>
public sealed class StolenProofTests
{
    private const string Password = "correct horse battery";

    private static readonly TestAccount[] Accounts = [new("ann", Password, "member")];

    [Fact]
    public async Task A_recorded_login_by_password_is_refused_on_another_connection()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var first = await server.ConnectRawAsync();
        var recorded = await RawScram.HelloAsync(first);
        var scram = await recorded.BeginAsync("ann");
        var final = RawScram.Final(scram, Password);
        await first.SendAsync(final);
        await first.ReadAsync(FrameType.Authenticated);

        using var replay = await server.ConnectRawAsync();
        await replay.SendAsync(recorded.ClientHello);
        await replay.ReadAsync(FrameType.Hello);
        await replay.SendAsync(new Authenticate(ScramMechanism.Plain, scram.First()).ToFrame());
        await replay.ReadAsync(FrameType.Auth);
        await replay.SendAsync(final);

        // Another server's nonce: not even a wrong password.
        Assert.Equal(ErrorCode.Invalid, (await replay.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task A_recorded_login_in_one_piece_is_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var first = await server.ConnectRawAsync();
        var recorded = await RawScram.HelloAsync(first);
        var scram = await recorded.BeginAsync("ann");
        var final = RawScram.Final(scram, Password);
        await first.SendAsync(final);
        await first.ReadAsync(FrameType.Authenticated);

        using var replay = await server.ConnectRawAsync();
        await replay.SendAsync(recorded.ClientHello, new Authenticate(ScramMechanism.Plain, scram.First()).ToFrame(), final);

        // Whether the last AUTH came before or after the challenge was made, nobody is in.
        Assert.DoesNotContain(await replay.ReadToEndAsync(), frame => frame.Type == FrameType.Authenticated);
    }

    [Fact]
    public async Task The_challenge_sent_back_is_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);
        await login.BeginAsync("ann");

        await peer.SendAsync(login.Challenge);

        Assert.Equal(ErrorCode.Invalid, (await peer.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task The_signature_of_the_server_sent_back_as_a_proof_is_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var first = await server.ConnectRawAsync();
        var scram = await (await RawScram.HelloAsync(first)).BeginAsync("ann");
        await first.SendAsync(RawScram.Final(scram, Password));
        var signature = Encoding.UTF8.GetString(Decode(await first.ReadAsync(FrameType.Authenticated)).Data)["v=".Length..];

        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);
        await login.BeginAsync("ann");
        var nonce = RawScram.DataOf(login.Challenge).Split(',')[0];
        await peer.SendAsync(RawScram.Step($"c={Convert.ToBase64String("n,,"u8)},{nonce},p={signature}"));

        Assert.Equal(ErrorCode.Unauthenticated, (await peer.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task The_proof_of_the_server_by_key_sent_back_is_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        var hello = RawPeer.Hello();
        using var first = await server.ConnectRawAsync();
        await first.SendAsync(hello);
        await first.SendAsync(RawPeer.Auth(hello, await first.ReadAsync(FrameType.Hello), "ann", server.KeyOf("ann")));
        var proof = Decode(await first.ReadAsync(FrameType.Authenticated)).Data;

        using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(hello);
        await peer.ReadAsync(FrameType.Hello);
        await peer.SendAsync(new Authenticate(HmacLogin.Mechanism, proof, "ann").ToFrame());

        Assert.Equal(ErrorCode.Unauthenticated, (await peer.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task The_nonce_of_the_server_sent_back_as_the_clients_proves_nothing()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var first = await server.ConnectRawAsync();
        var other = await RawScram.HelloAsync(first);
        var nonce = ProtocolJson.Decode(other.ServerHello.Payload, ProtocolJsonContext.Default.ServerHello).Nonce;

        using var peer = await server.ConnectRawAsync();
        var hello = new ClientHello([ProtocolLimits.Version], "reflection", nonce).ToFrame();
        await peer.SendAsync(hello);
        var answer = await peer.ReadAsync(FrameType.Hello);

        Assert.NotEqual(nonce, ProtocolJson.Decode(answer.Payload, ProtocolJsonContext.Default.ServerHello).Nonce);
        // A proof for the login the other way round.
        await peer.SendAsync(RawPeer.Auth(answer, hello, "ann", server.KeyOf("ann")));
        Assert.Equal(ErrorCode.Unauthenticated, (await peer.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task Proofs_by_password_of_two_connections_swapped_are_both_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var one = await server.ConnectRawAsync();
        using var two = await server.ConnectRawAsync();
        var first = RawScram.Final(await (await RawScram.HelloAsync(one)).BeginAsync("ann"), Password);
        var second = RawScram.Final(await (await RawScram.HelloAsync(two)).BeginAsync("ann"), Password);

        await one.SendAsync(second);
        await two.SendAsync(first);

        Assert.Equal(ErrorCode.Invalid, (await one.ReadGoodbyeAndEndAsync()).Code);
        Assert.Equal(ErrorCode.Invalid, (await two.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task A_proof_with_the_nonce_of_the_other_connection_put_right_is_a_wrong_one()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var one = await server.ConnectRawAsync();
        using var two = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(one);
        await login.BeginAsync("ann");
        var final = RawScram.DataOf(RawScram.Final(await (await RawScram.HelloAsync(two)).BeginAsync("ann"), Password)).Split(',');

        final[1] = RawScram.DataOf(login.Challenge).Split(',')[0];
        await one.SendAsync(RawScram.Step(string.Join(',', final)));

        Assert.Equal(ErrorCode.Unauthenticated, (await one.ReadGoodbyeAndEndAsync()).Code);
    }

    [Fact]
    public async Task Proofs_by_key_of_two_connections_swapped_are_both_refused()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var one = await server.ConnectRawAsync();
        using var two = await server.ConnectRawAsync();
        var first = await RawScram.HelloAsync(one);
        var second = await RawScram.HelloAsync(two);

        await one.SendAsync(RawPeer.Auth(second.ClientHello, second.ServerHello, "ann", server.KeyOf("ann")));
        await two.SendAsync(RawPeer.Auth(first.ClientHello, first.ServerHello, "ann", server.KeyOf("ann")));

        Assert.Equal(ErrorCode.Unauthenticated, (await one.ReadGoodbyeAndEndAsync()).Code);
        Assert.Equal(ErrorCode.Unauthenticated, (await two.ReadGoodbyeAndEndAsync()).Code);
    }

    private static Authenticated Decode(in Frame frame) =>
        ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Authenticated);
}
