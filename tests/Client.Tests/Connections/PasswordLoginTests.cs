using System.Text;
using ActorNet.Client.Auth;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Connections;

public sealed class PasswordLoginTests : IDisposable
{
    private static readonly Credentials Password = Credentials.OfPassword(ScramAccount.Password);

    private readonly FakeServer _plain = new();
    private readonly FakeServer _tls = new(TestCertificate.One);

    public void Dispose()
    {
        _plain.Dispose();
        _tls.Dispose();
    }

    [Fact]
    public async Task Both_sides_prove_the_password_and_its_keys_are_there_to_keep()
    {
        var (client, first) = await ConnectAsync(_plain, peer => peer.LogInByPasswordAsync());
        await using var _ = client;
        Assert.Equal(ScramMechanism.Plain, client.Mechanism);
        Assert.Equal(ScramAccount.Credential.Salt, client.ScramKeys!.Salt);
        Assert.Equal(ScramAccount.Credential.ServerKey, client.ScramKeys.ServerKey);
        Assert.StartsWith("n,,n=alice,r=", Encoding.UTF8.GetString(first!.Data), StringComparison.Ordinal);
        Assert.Null(first.Account);
        Assert.Null(first.Device);
    }

    [Theory]
    [InlineData(ChannelBinding.TlsExporter)]
    [InlineData(ChannelBinding.TlsServerEndPoint)]
    public async Task Over_TLS_the_login_is_bound_to_what_the_server_offers(string type)
    {
        var (client, first) = await ConnectAsync(
            _tls, peer => peer.LogInByPasswordAsync(bindings: [.. TlsBindings.Of(peer.Tls!).Where(b => b.Type == type)]));
        await using var _ = client;
        Assert.Equal(ScramMechanism.Plus, client.Mechanism);
        Assert.StartsWith($"p={type},,", Encoding.UTF8.GetString(first!.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_binding_of_the_servers_list_that_both_have_is_taken()
    {
        var (client, first) = await ConnectAsync(
            _tls, peer => peer.LogInByPasswordAsync(
                bindings: [new ChannelBinding("tls-unique", new byte[12]), .. TlsBindings.Of(peer.Tls!).Reverse()]));
        await using var _ = client;
        Assert.StartsWith("p=tls-server-end-point,,", Encoding.UTF8.GetString(first!.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_without_binding_is_told_that_the_client_could_have_bound()
    {
        var (client, first) = await ConnectAsync(
            _tls, peer => peer.LogInByPasswordAsync(offer: [ScramMechanism.Plain], bindings: []));
        await using var _ = client;
        Assert.Equal(ScramMechanism.Plain, client.Mechanism);
        Assert.StartsWith("y,,", Encoding.UTF8.GetString(first!.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_whose_bindings_are_all_unknown_is_not_told_that_it_has_none()
    {
        var (client, first) = await ConnectAsync(
            _tls, peer => peer.LogInByPasswordAsync(bindings: [new ChannelBinding("tls-unique", new byte[12])]));
        await using var _ = client;
        Assert.StartsWith("n,,", Encoding.UTF8.GetString(first!.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_keys_log_in_as_the_password_does()
    {
        var (first, _) = await ConnectAsync(_plain, peer => peer.LogInByPasswordAsync());
        await using var _1 = first;
        var (second, _) = await ConnectAsync(
            _plain, peer => peer.LogInByPasswordAsync(), Credentials.OfScramKeys(first.ScramKeys!));
        await using var _2 = second;
        Assert.Equal("alice", second.Account);
    }

    [Fact]
    public async Task Kept_keys_of_a_password_that_was_changed_send_no_proof()
    {
        var (first, _) = await ConnectAsync(_plain, peer => peer.LogInByPasswordAsync());
        await using var _1 = first;
        var connecting = Connect(_plain, Credentials.OfScramKeys(first.ScramKeys!));
        using var peer = await _plain.AcceptAsync();
        await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Changed);
        var e = await Assert.ThrowsAsync<StaleLoginException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("run actornet login again", e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Wrong_password_is_a_failed_login()
    {
        var connecting = Connect(_plain, Credentials.OfPassword("canary wrong"));
        using var peer = await _plain.AcceptAsync();
        Assert.Null(await peer.LogInByPasswordAsync());
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.Unauthenticated, e.Code);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4095, "4095")]
    [InlineData(5_000_001, "5000001")]
    [InlineData(int.MaxValue, "2147483647")]
    public async Task Too_few_and_absurdly_many_iterations_get_no_proof(int iterations, string said)
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Credential with { Iterations = iterations });
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Long_computation_holds_up_no_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var keys = ((ScramCredentials)Password).KeysForAsync(new byte[16], ScramMechanism.MaxIterations, cancel.Token);
        // At once, and on this thread: a pool that is busy would let the computation finish first.
#pragma warning disable CA1849
        cancel.Cancel();
#pragma warning restore CA1849
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Login_cancelled_during_the_computation_sends_no_proof()
    {
        using var cancel = new CancellationTokenSource();
        var computing = new EndlessComputation();
        var connecting = ActorNetClient.ConnectAsync(_plain.Options with { Credentials = computing }, cancel.Token);
        using var peer = await _plain.AcceptAsync();
        await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Credential);
        await computing.Started.Task.WaitAsync(FakeServer.Patience);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(FakeServer.Patience));
        await peer.ExpectEndAsync();
    }

    [Theory]
    [InlineData("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("e=other-error")]
    [InlineData("v=")]
    [InlineData("")]
    public async Task Server_that_proves_nothing_is_not_believed(string data)
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Credential);
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Authenticated("alice", Encoding.UTF8.GetBytes(data), "n", [], 1).ToFrame());
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("could not prove", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authenticated_before_the_challenge_is_not_believed()
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        await peer.GreetAsync([ScramMechanism.Plain], null);
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Authenticated("alice", [], "n", [], 1).ToFrame());
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("AUTHENTICATED came where AUTH belongs", e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Proven_login_as_somebody_else_is_not_believed()
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        var (_, login) = await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Credential);
        var final = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        await peer.SendAsync(new Authenticated("mallory", login.Check(final.Data)!, "n", [], 1).ToFrame());
        await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Challenge_of_another_mechanism_gets_no_answer()
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        await peer.GreetAsync([ScramMechanism.Plain], null);
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Authenticate("OTHER", []).ToFrame());
        await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Server_without_passwords_gets_no_name()
    {
        var connecting = Connect(_plain);
        using var peer = await _plain.AcceptAsync();
        await peer.GreetAsync();
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains(ScramMechanism.Plain, e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Stripped_binding_is_noticed_by_the_server_and_by_the_client()
    {
        var connecting = Connect(_tls);
        using var peer = await _tls.AcceptAsync();
        // what the real server said, and what somebody on the way made of it
        var offered = new ServerHello(1, "fake/1.0", new byte[32], ScramAccount.Offer, null, [ChannelBinding.TlsExporter]).ToFrame();
        var (clientHello, _) = await peer.GreetAsync([ScramMechanism.Plain], null);
        var first = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        var noticed = Assert.Throws<ProtocolViolationException>(() => ScramServer.Begin(
            first.Mechanism, first.Data, clientHello, offered.Payload, TlsBindings.Of(peer.Tls!), offersPlus: true));
        Assert.Equal(ErrorCode.Unauthenticated, noticed.Code);

        // a server that overlooks it proves another HELLO than the client saw
        var careless = ScramServer.Begin(first.Mechanism, first.Data, clientHello, offered.Payload, [], offersPlus: false);
        await peer.SendAsync(new Authenticate(first.Mechanism, careless.Challenge(ScramAccount.Credential)).ToFrame());
        var e = await Assert.ThrowsAsync<LoginFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("HELLO", e.Message, StringComparison.Ordinal);
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Device_is_shown_in_the_first_step_and_the_new_one_handed_on()
    {
        byte[] known = [1, 2, 3], given = [4, 5, 6];
        var connecting = ActorNetClient.ConnectAsync(
            _plain.Options with { Credentials = Password, Device = known });
        using var peer = await _plain.AcceptAsync();
        var first = await peer.LogInByPasswordAsync(device: given);
        await using var client = await connecting.WaitAsync(FakeServer.Patience);
        Assert.Equal(known, first!.Device);
        Assert.Equal(given, client.Device.ToArray());
    }

    [Fact]
    public async Task Name_that_is_none_never_reaches_the_server()
    {
        var e = await Assert.ThrowsAnyAsync<ActorNetException>(
            () => ActorNetClient.ConnectAsync(_plain.Options with { Account = new string('a', 65) }));
        Assert.IsType<LoginFailedException>(e);
    }

    [Fact]
    public async Task Nothing_to_log_in_with_is_the_callers_mistake() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => ActorNetClient.ConnectAsync(_plain.Options with { Credentials = null }));

    [Fact]
    public void Credentials_show_nothing_of_themselves()
    {
        var options = _plain.Options with { Credentials = Password };
        Assert.DoesNotContain("canary", $"{options} {Password} {Credentials.OfKey(FakeServer.Key)}", StringComparison.Ordinal);
        var e = Assert.Throws<ArgumentException>(() => Credentials.OfPassword("canary\0"));
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    private Task<ActorNetClient> Connect(FakeServer server, Credentials? credentials = null) =>
        ActorNetClient.ConnectAsync(server.Options with { Credentials = credentials ?? Password });

    private async Task<(ActorNetClient Client, Authenticate? First)> ConnectAsync(
        FakeServer server, Func<FakePeer, Task<Authenticate?>> serve, Credentials? credentials = null)
    {
        var connecting = Connect(server, credentials);
        using var peer = await server.AcceptAsync();
        var first = await serve(peer);
        return (await connecting.WaitAsync(FakeServer.Patience), first);
    }

    private sealed class EndlessComputation : ScramCredentials
    {
        private readonly TaskCompletionSource<ScramKeys> _never = new();

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<ScramKeys> KeysForAsync(byte[] salt, int iterations, CancellationToken cancellation)
        {
            Started.SetResult();
            return _never.Task.WaitAsync(cancellation);
        }
    }
}
