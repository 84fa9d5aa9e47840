using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionLoginTests : ActorSpec
{
    [Fact]
    public void A_good_proof_is_answered_with_the_servers_and_with_what_there_is()
    {
        var bench = new ConnectionBench(this).AskForLogin().LetIn();
        var answer = ProtocolJson.Decode(
            bench.Transport.ExpectFrame(FrameType.Authenticated).Payload, ProtocolJsonContext.Default.Authenticated);
        Assert.Equal(ConnectionBench.Account, answer.Account);
        Assert.Equal("test-node", answer.Node);
        Assert.Equal(["probe"], answer.Services);
        Assert.Equal(TestLimits.Channel.MaxPerConnection, answer.MaxChannels);
        Assert.Equal(
            HmacLogin.ServerProof(
                ConnectionBench.Key, bench.ClientHello.Payload.Span, bench.ServerHello.Payload.Span, ConnectionBench.Account),
            answer.Data);
        Assert.Equal(ConnectionBench.Account, bench.Listener.ExpectMsg<ConnectionAuthenticated>().Account);
    }

    [Fact]
    public void A_wrong_proof_and_an_unknown_account_get_the_same_goodbye()
    {
        var wrong = new ConnectionBench(this).AskForLogin(key: new byte[HmacLogin.KeyLength]);
        wrong.Accounts.Reply(ConnectionBench.Material());
        var unknown = new ConnectionBench(this).AskForLogin();
        unknown.Accounts.Reply(ConnectionBench.Material("unknown account"));

        var first = wrong.Transport.ExpectFrame(FrameType.Goodbye);
        Assert.Equal(first.Payload.ToArray(), unknown.Transport.ExpectFrame(FrameType.Goodbye).Payload.ToArray());
        Assert.Equal(
            ErrorCode.Unauthenticated, ProtocolJson.Decode(first.Payload, ProtocolJsonContext.Default.Goodbye).Code);
    }

    [Fact]
    public void A_proof_of_another_conversation_is_worth_nothing()
    {
        var overheard = new ConnectionBench(this).Greet().Auth();
        var bench = new ConnectionBench(this).Greet();
        bench.Transport.Deliver(overheard);
        bench.Accounts.ExpectMsg<BeginLogin>();
        bench.Accounts.Reply(ConnectionBench.Material());
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void The_servers_own_proof_sent_back_is_worth_nothing()
    {
        var bench = new ConnectionBench(this).Greet();
        var reflected = HmacLogin.ServerProof(
            ConnectionBench.Key, bench.ClientHello.Payload.Span, bench.ServerHello.Payload.Span, ConnectionBench.Account);
        bench.Transport.Deliver(new Authenticate(HmacLogin.Mechanism, reflected, ConnectionBench.Account).ToFrame());
        bench.Accounts.ExpectMsg<BeginLogin>();
        bench.Accounts.Reply(ConnectionBench.Material());
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_second_auth_before_the_answer_is_a_violation_and_the_late_answer_changes_nothing()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Transport.Deliver(bench.Auth());
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
        bench.Accounts.Reply(ConnectionBench.Material());
        Settle(bench.Actor);
        Assert.Equal(Fault.Violation, bench.Listener.ExpectMsg<ConnectionFault>().Fault);
        Assert.False(bench.Listener.HasMessages);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256", "alice")]
    [InlineData(ScramMechanism.Plus, null)]
    [InlineData(HmacLogin.PlusMechanism, "alice")]
    [InlineData("PLAIN", "alice")]
    [InlineData(HmacLogin.Mechanism, "")]
    [InlineData(HmacLogin.Mechanism, null)]
    public void A_login_that_cannot_be_checked_fails_without_asking_the_accounts(string mechanism, string? account)
    {
        var bench = new ConnectionBench(this).Greet();
        bench.Transport.Deliver(new Authenticate(mechanism, new byte[HmacLogin.ProofLength], account).ToFrame());
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        Assert.False(bench.Accounts.HasMessages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_login_has_one_deadline_from_the_accept(bool greeted)
    {
        var bench = new ConnectionBench(this);
        if (greeted) bench.AskForLogin();
        Settle(bench.Actor);
        Time.Advance(TestLimits.Connection.LoginTimeout - TimeSpan.FromMilliseconds(1));
        Settle(bench.Actor);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ErrorCode.Timeout, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void Just_before_the_deadline_a_login_still_succeeds_and_then_there_is_none()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        Settle(bench.Actor);
        Time.Advance(TestLimits.Connection.LoginTimeout - TimeSpan.FromMilliseconds(1));
        bench.LetIn();
        bench.Transport.ExpectFrame(FrameType.Authenticated);
        Time.Advance(TimeSpan.FromSeconds(1));
        bench.OpenChannel(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"versions\":[1],\"software\":\"x\",\"nonce\":\"AAAA\"}")]
    [InlineData("{\"versions\":[2],\"software\":\"x\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}")]
    public void A_hello_that_makes_no_sense_gets_a_goodbye_with_a_code(string json)
    {
        var bench = new ConnectionBench(this);
        bench.Transport.Deliver(new Frame(FrameType.Hello, 0, System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.NotNull(bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_login_that_ends_by_a_fault_of_the_node_is_answered_at_once()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        EventFilter.Exception<ArgumentException>().ExpectOne(() =>
            bench.Accounts.Reply(new LoginMaterial(null, null, [new CandidateKey("k-1", new byte[3])])));
        Assert.Equal(ErrorCode.Internal, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void The_log_names_mechanism_and_connection()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        EventFilter.Info(new System.Text.RegularExpressions.Regex(
            $"logged in as .*alice.* by .*{HmacLogin.Mechanism}.*; connection .*{ConnectionBench.Run}/.*/conn-1")).ExpectOne(() => bench.LetIn());
    }
}
