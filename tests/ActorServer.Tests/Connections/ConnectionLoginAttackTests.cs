using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Tests.Auth;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionLoginAttackTests : LoginSpec
{
    private static Frame Scram(string data, string? account = null) =>
        new Authenticate(ScramMechanism.Plain, Encoding.UTF8.GetBytes(data), account).ToFrame();

    private static Frame Challenge(ConnectionBench bench, ScramPeer peer)
    {
        bench.Transport.Deliver(peer.First());
        return bench.Transport.ExpectFrame(FrameType.Auth);
    }

    private void ExpectRefused(ConnectionBench bench, ErrorCode? code = null)
    {
        var said = bench.Transport.ExpectGoodbye();
        Assert.NotNull(said);
        if (code is not null) Assert.Equal(code, said);
        Assert.Empty(Sessions());
    }

    [Fact]
    public void What_was_overheard_of_one_login_is_worth_nothing_on_another_connection()
    {
        var overheard = Greeted();
        var peer = new ScramPeer(overheard, TestAccounts.AlicesPassword);
        var (first, final) = (peer.First(), peer.Final(Challenge(overheard, peer)));

        var bench = Greeted();
        bench.Transport.Deliver(first);
        bench.Transport.ExpectFrame(FrameType.Auth);
        bench.Transport.Deliver(final);
        ExpectRefused(bench);
    }

    [Fact]
    public void The_servers_own_words_sent_back_are_worth_nothing()
    {
        var bench = Greeted();
        bench.Transport.Deliver(Challenge(bench, new ScramPeer(bench, TestAccounts.AlicesPassword)));
        ExpectRefused(bench);
    }

    [Fact]
    public void Proofs_swapped_between_two_connections_let_in_neither()
    {
        var (left, right) = (Greeted(), Greeted());
        var (alice, bob) = (new ScramPeer(left, TestAccounts.AlicesPassword), new ScramPeer(right, TestAccounts.BobsPassword, "bob"));
        var alices = alice.Final(Challenge(left, alice));
        var bobs = bob.Final(Challenge(right, bob));
        left.Transport.Deliver(bobs);
        right.Transport.Deliver(alices);
        ExpectRefused(left);
        ExpectRefused(right);
    }

    [Fact]
    public void A_client_that_was_told_there_is_no_binding_is_turned_away_where_there_is()
    {
        var bench = Greeted(Tls);
        bench.Transport.Deliver(new ScramPeer(bench, TestAccounts.AlicesPassword, lacksBinding: true).First());
        ExpectRefused(bench, ErrorCode.Unauthenticated);
    }

    [Fact]
    public void The_same_client_is_welcome_where_there_is_none() =>
        new ScramPeer(Greeted(), TestAccounts.AlicesPassword, lacksBinding: true).Login();

    private static Frame Stripped(ConnectionBench bench)
    {
        var hello = ProtocolJson.Decode(bench.ServerHello.Payload, ProtocolJsonContext.Default.ServerHello);
        return (hello with { Mechanisms = [ScramMechanism.Plain, HmacLogin.Mechanism], ChannelBindings = null }).ToFrame();
    }

    [Fact]
    public void A_key_proof_over_a_hello_without_its_plus_is_wrong()
    {
        var bench = Greeted(Tls);
        var stripped = Stripped(bench).Payload.Span;
        bench.Transport.Deliver(new Authenticate(
            HmacLogin.Mechanism, HmacLogin.ClientProof(ConnectionBench.Key, bench.ClientHello.Payload.Span, stripped, "alice"), "alice").ToFrame());
        ExpectRefused(bench, ErrorCode.Unauthenticated);
    }

    [Fact]
    public void A_client_sees_by_the_challenge_that_the_plus_was_taken_out_of_the_hello()
    {
        var bench = Greeted(Tls);
        var client = new ScramClient(TestAccounts.Name("alice"), bench.ClientHello.Payload, Stripped(bench).Payload, null, false);
        bench.Transport.Deliver(new Authenticate(client.Mechanism, client.First()).ToFrame());
        var challenge = ProtocolJson.Decode(bench.Transport.ExpectFrame(FrameType.Auth).Payload, ProtocolJsonContext.Default.Authenticate);
        Assert.Throws<ProtocolViolationException>(() => client.ReadChallenge(challenge.Data));
    }

    [Fact]
    public void A_binding_of_another_tls_connection_is_turned_away()
    {
        var bench = Greeted(Tls);
        var other = new ChannelBinding(ChannelBinding.TlsExporter, new byte[] { 4, 3, 2, 1 });
        new ScramPeer(bench, TestAccounts.AlicesPassword, binding: other).Try();
        ExpectRefused(bench, ErrorCode.Unauthenticated);
    }

    [Fact]
    public void Nobody_logs_in_as_one_and_acts_as_another()
    {
        var byIdentity = Greeted();
        byIdentity.Transport.Deliver(Scram("n,a=bob,n=alice,r=abcdefghijklmnopqrstuvwx"));
        ExpectRefused(byIdentity, ErrorCode.Unauthenticated);

        var byMember = Greeted();
        byMember.Transport.Deliver(Scram("n,,n=alice,r=abcdefghijklmnopqrstuvwx", account: "bob"));
        ExpectRefused(byMember, ErrorCode.Unauthenticated);

        var byKey = Greeted();
        var proof = HmacLogin.ClientProof(ConnectionBench.Key, byKey.ClientHello.Payload.Span, byKey.ServerHello.Payload.Span, "alice");
        byKey.Transport.Deliver(new Authenticate(HmacLogin.Mechanism, proof, "bob").ToFrame());
        ExpectRefused(byKey, ErrorCode.Unauthenticated);
    }

    [Fact]
    public void The_second_step_cannot_change_the_account_the_device_or_the_mechanism()
    {
        foreach (var change in (Func<Authenticate, Authenticate>[])
            [step => step with { Account = "bob" }, step => step with { Device = [1] }, step => step with { Mechanism = HmacLogin.Mechanism }])
        {
            var bench = Greeted();
            var peer = new ScramPeer(bench, TestAccounts.AlicesPassword);
            var final = peer.Final(Challenge(bench, peer));
            bench.Transport.Deliver(change(ProtocolJson.Decode(final.Payload, ProtocolJsonContext.Default.Authenticate)).ToFrame());
            ExpectRefused(bench, ErrorCode.Unauthenticated);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("n,,n=alice")]
    [InlineData("n,,n=alice,r=abcdefghijklmnopqrstuvwx,m=x")]
    [InlineData("p=tls-exporter,,n=alice,r=abcdefghijklmnopqrstuvwx")]
    public void What_is_no_first_message_ends_with_a_code(string data)
    {
        var bench = Greeted();
        bench.Transport.Deliver(Scram(data));
        ExpectRefused(bench);
    }

    public static TheoryData<FrameType> AllTypes => [.. Enum.GetValues<FrameType>()];

    private static Frame Any(FrameType type) => new(
        type, type.IsOfConnection() ? 0u : 1u,
        type == FrameType.Window ? new byte[] { 0, 0, 1, 0 } : type is FrameType.Eof ? default(ReadOnlyMemory<byte>) : "{}"u8.ToArray());

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Between_the_steps_nothing_but_auth_and_goodbye_is_listened_to(FrameType type)
    {
        var bench = Greeted();
        Challenge(bench, new ScramPeer(bench, TestAccounts.AlicesPassword));
        bench.Transport.Deliver(Any(type));
        var code = bench.Transport.ExpectGoodbye();
        if (type == FrameType.Goodbye) Assert.Null(code);
        else Assert.NotNull(code);
        Assert.Empty(Sessions());
        Assert.False(bench.Service.HasMessages);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void After_a_failed_login_nothing_is_acted_upon(FrameType type)
    {
        var bench = Greeted();
        new ScramPeer(bench, TestAccounts.WrongPassword).Try();
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        bench.Transport.Deliver(Any(type), bench.Auth(), ConnectionBench.Open(1));
        Settle(bench.Transport.Handler);
        Settle(bench.Actor);
        Assert.False(bench.Service.HasMessages);
        Assert.Empty(Sessions());
        Assert.False(bench.Transport.Probe.HasMessages && bench.Transport.Probe.ReceiveOne() is Akka.IO.Tcp.Write);
    }

    [Fact]
    public void A_second_login_is_a_violation()
    {
        var bench = Greeted();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Login();
        bench.Transport.Deliver(new ScramPeer(bench, TestAccounts.BobsPassword, "bob").First());
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
    }
}
