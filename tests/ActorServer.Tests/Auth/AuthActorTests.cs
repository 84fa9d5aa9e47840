using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Auth;

public sealed class AuthActorTests : ActorSpec
{
    private static readonly Handshake Hellos = new("client"u8.ToArray(), "server"u8.ToArray());

    private readonly TestProbe _accounts;

    public AuthActorTests() => _accounts = CreateTestProbe();

    private IActorRef Login(byte[] proof, string? account = ConnectionBench.Account, string mechanism = HmacLogin.Mechanism)
    {
        var accounts = _accounts.Ref;
        var step = new Authenticate(mechanism, proof, account);
        return Watch(ChildActorOf(Props.Create(() => new AuthActor(accounts, Hellos, step))));
    }

    private static byte[] Proof(string account = ConnectionBench.Account) =>
        HmacLogin.ClientProof(ConnectionBench.Key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, account);

    [Fact]
    public void The_right_proof_succeeds_with_the_servers_proof_and_the_actor_is_gone()
    {
        var login = Login(Proof());
        Assert.Equal(ConnectionBench.Account, _accounts.ExpectMsg<FindAccountKey>().Account);
        _accounts.Reply(new AccountKey(ConnectionBench.Key, IsKnown: true));
        var succeeded = ExpectMsg<LoginSucceeded>();
        Assert.Equal(ConnectionBench.Account, succeeded.Account);
        Assert.Equal(
            HmacLogin.ServerProof(
                ConnectionBench.Key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, ConnectionBench.Account),
            succeeded.ServerProof);
        ExpectTerminated(login);
    }

    public static TheoryData<byte[]> WrongProofs => new([], new byte[HmacLogin.ProofLength], Proof("bob"), Proof()[..^1]);

    [Theory]
    [MemberData(nameof(WrongProofs))]
    public void A_wrong_proof_fails_and_the_actor_is_gone(byte[] proof)
    {
        var login = Login(proof);
        _accounts.ExpectMsg<FindAccountKey>();
        _accounts.Reply(new AccountKey(ConnectionBench.Key, IsKnown: true));
        Assert.Contains("wrong proof", ExpectMsg<LoginFailed>().Detail, StringComparison.Ordinal);
        ExpectTerminated(login);
    }

    [Fact]
    public void A_proof_with_the_key_given_for_an_unknown_account_fails_all_the_same()
    {
        Login(Proof());
        _accounts.ExpectMsg<FindAccountKey>();
        _accounts.Reply(new AccountKey(ConnectionBench.Key, IsKnown: false));
        Assert.Contains("unknown account", ExpectMsg<LoginFailed>().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_too_long_for_the_log_is_cut_there()
    {
        Login([], new string('a', 5000));
        _accounts.ExpectMsg<FindAccountKey>();
        _accounts.Reply(new AccountKey(ConnectionBench.Key, IsKnown: false));
        Assert.True(ExpectMsg<LoginFailed>().Detail.Length < 200);
    }

    [Fact]
    public void The_name_of_a_wrong_mechanism_is_not_repeated()
    {
        var login = Login([], mechanism: new string('x', 5000));
        Assert.Equal("unknown mechanism", ExpectMsg<LoginFailed>().Detail);
        ExpectTerminated(login);
    }
}
