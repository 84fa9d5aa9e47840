using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Auth;

public sealed class AuthActorTests : ActorSpec
{
    private static readonly ChannelBinding Exporter = new(ChannelBinding.TlsExporter, new byte[] { 1, 2, 3, 4 });
    private static readonly ChannelBinding EndPoint = new(ChannelBinding.TlsServerEndPoint, new byte[] { 5, 6, 7, 8 });
    private static readonly TransportProtection Tls = new("TLS 1.3", [Exporter, EndPoint]);

    private static readonly Handshake Hellos = new("client"u8.ToArray(), "server"u8.ToArray(), TestLimits.Login.Mechanisms);

    private readonly TestProbe _accounts;

    public AuthActorTests() => _accounts = CreateTestProbe();

    private IActorRef Login(
        byte[] proof, string? account = ConnectionBench.Account, string mechanism = HmacLogin.Mechanism, byte[]? device = null)
    {
        var accounts = _accounts.Ref;
        var origin = new ConnectionOrigin("192.0.2.1:5", null, Tls);
        var login = Watch(ChildActorOf(Props.Create(() => new AuthActor(accounts, Hellos, origin, "run/native/conn-1"))));
        login.Tell(new LoginStep(new Authenticate(mechanism, proof, account, device)));
        return login;
    }

    private static byte[] Proof(string account = ConnectionBench.Account, ChannelBinding? binding = null) =>
        HmacLogin.ClientProof(ConnectionBench.Key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, account, binding);

    private static Session SessionOf(OpenSession open) => new(
        open.Account.Value, [], Rights.All, open.Credential.Id, open.Mechanism, open.ConnectionId, open.Remote, DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_right_proof_opens_a_session_with_the_servers_proof_and_the_actor_is_gone()
    {
        var login = Login(Proof(), device: [9]);
        var begin = _accounts.ExpectMsg<BeginLogin>();
        Assert.Equal((ConnectionBench.Account, CredentialKind.Key), (begin.Account!.Value, begin.Kind));
        Assert.Equal([9], begin.Device);
        _accounts.Reply(ConnectionBench.Material());

        var open = _accounts.ExpectMsg<OpenSession>();
        Assert.Equal((TestActor, "run/native/conn-1", "192.0.2.1:5"), (open.Connection, open.ConnectionId, open.Remote));
        Assert.Equal((ConnectionBench.KeyId, HmacLogin.Mechanism), (open.Credential.Id, open.Mechanism));
        _accounts.Reply(new SessionOpened(SessionOf(open), [4]));

        var succeeded = ExpectMsg<LoginSucceeded>();
        Assert.Equal(ConnectionBench.Account, succeeded.Session.Account);
        Assert.Equal([4], succeeded.Device);
        Assert.Equal(
            HmacLogin.ServerProof(
                ConnectionBench.Key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, ConnectionBench.Account),
            succeeded.ServerData);
        ExpectTerminated(login);
    }

    [Fact]
    public void A_session_that_is_denied_is_a_failed_login()
    {
        Login(Proof());
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material());
        _accounts.ExpectMsg<OpenSession>();
        _accounts.Reply(new SessionDenied("the account was disabled"));
        var failed = ExpectMsg<LoginFailed>();
        Assert.Equal((ErrorCode.Unauthenticated, "the login failed"), (failed.Code, failed.Message));
        Assert.Contains("disabled", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_bound_proof_binds_to_any_of_what_was_offered_and_so_does_the_answer(int which)
    {
        var binding = Tls.Bindings[which];
        Login(Proof(binding: binding), mechanism: HmacLogin.PlusMechanism);
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material());
        var open = _accounts.ExpectMsg<OpenSession>();
        Assert.Equal(HmacLogin.PlusMechanism, open.Mechanism);
        _accounts.Reply(new SessionOpened(SessionOf(open), null));
        Assert.Equal(
            HmacLogin.ServerProof(
                ConnectionBench.Key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, ConnectionBench.Account, binding),
            ExpectMsg<LoginSucceeded>().ServerData);
    }

    public static TheoryData<byte[]> UnboundProofs => new(
        Proof(), Proof(binding: new ChannelBinding(ChannelBinding.TlsExporter, new byte[] { 4, 3, 2, 1 })),
        Proof(binding: new ChannelBinding(ChannelBinding.TlsServerEndPoint, Exporter.Data)));

    [Theory]
    [MemberData(nameof(UnboundProofs))]
    public void A_proof_bound_to_something_else_fails(byte[] proof)
    {
        Login(proof, mechanism: HmacLogin.PlusMechanism);
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material());
        Assert.Contains("wrong proof", ExpectMsg<LoginFailed>().Detail, StringComparison.Ordinal);
    }

    public static TheoryData<byte[]> WrongProofs => new([], new byte[HmacLogin.ProofLength], Proof("bob"), Proof()[..^1], Proof(binding: Exporter));

    [Theory]
    [MemberData(nameof(WrongProofs))]
    public void A_wrong_proof_fails_and_the_actor_is_gone(byte[] proof)
    {
        var login = Login(proof);
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material());
        var failed = ExpectMsg<LoginFailed>();
        Assert.Contains("wrong proof", failed.Detail, StringComparison.Ordinal);
        Assert.Equal(ConnectionBench.Account, failed.Claimed);
        ExpectTerminated(login);
    }

    [Fact]
    public void A_proof_with_the_key_given_for_an_unknown_account_fails_all_the_same()
    {
        Login(Proof());
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material("unknown account"));
        Assert.Contains("unknown account", ExpectMsg<LoginFailed>().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_throttled_login_says_for_how_long_in_whole_seconds()
    {
        Login(Proof());
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(new LoginThrottled(TimeSpan.FromMilliseconds(3001)));
        var failed = ExpectMsg<LoginFailed>();
        Assert.Equal(ErrorCode.RateLimited, failed.Code);
        Assert.Contains("in 4 s", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_too_long_for_the_log_is_cut_there()
    {
        Login([], new string('a', 5000));
        _accounts.ExpectMsg<BeginLogin>();
        _accounts.Reply(ConnectionBench.Material("unknown account"));
        Assert.True(ExpectMsg<LoginFailed>().Detail.Length < 200);
    }

    [Fact]
    public void The_name_of_a_wrong_mechanism_is_not_repeated()
    {
        var login = Login([], mechanism: new string('x', 5000));
        Assert.Equal("a mechanism that was not offered", ExpectMsg<LoginFailed>().Detail);
        ExpectTerminated(login);
    }
}
