using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Auth;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionLoginScramTests : LoginSpec
{
    [Fact]
    public void The_right_password_logs_in_and_both_sides_have_proven_themselves()
    {
        var bench = Greeted();
        var answer = new ScramPeer(bench, TestAccounts.AlicesPassword).Login();
        Assert.Equal(("alice", 48), (answer.Account, answer.Device?.Length));
        var session = Assert.Single(Sessions());
        Assert.Equal(("alice", ScramMechanism.Plain, "password"), (session.Account, session.Mechanism, session.Credential));
        Assert.StartsWith($"{ConnectionBench.Run}/", session.ConnectionId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Over_tls_a_login_is_bound_to_either_binding(int which)
    {
        var bench = Greeted(Tls);
        new ScramPeer(bench, TestAccounts.AlicesPassword, binding: Tls.Bindings[which]).Login();
        Assert.Equal(ScramMechanism.Plus, Assert.Single(Sessions()).Mechanism);
    }

    [Fact]
    public void A_key_bound_to_the_tls_connection_logs_in()
    {
        var bench = Greeted(Tls);
        bench.Transport.Deliver(new Authenticate(
            HmacLogin.PlusMechanism,
            HmacLogin.ClientProof(ConnectionBench.Key, bench.ClientHello.Payload.Span, bench.ServerHello.Payload.Span, "alice", Exporter),
            "alice").ToFrame());
        var answer = ProtocolJson.Decode(
            bench.Transport.ExpectFrame(FrameType.Authenticated).Payload, ProtocolJsonContext.Default.Authenticated);
        Assert.Equal(
            HmacLogin.ServerProof(ConnectionBench.Key, bench.ClientHello.Payload.Span, bench.ServerHello.Payload.Span, "alice", Exporter),
            answer.Data);
        Assert.Null(answer.Device);
    }

    [Fact]
    public void A_wrong_password_fails()
    {
        var bench = Greeted();
        new ScramPeer(bench, TestAccounts.WrongPassword).Try();
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        Assert.Empty(Sessions());
    }

    [Fact]
    public void Unknown_disabled_and_without_a_password_look_the_same_as_a_wrong_password()
    {
        Account carol = TestAccounts.Bob with { Name = "carol", IsEnabled = false }, dave = TestAccounts.Bob with { Name = "dave", Password = null };
        Change(TestAccounts.Alice, carol, dave);
        var seen = new List<(int, int, int, string)>();
        foreach (var name in (string[])["alice", "carol", "dave", "nobody"])
        {
            var bench = Greeted();
            // The password is carol's and dave's, and would be right.
            var peer = new ScramPeer(bench, TestAccounts.BobsPassword, name).Try();
            var goodbye = bench.Transport.ExpectFrame(FrameType.Goodbye).Payload.ToArray();
            seen.Add((peer.Salt.Length, peer.Iterations, goodbye.Length, Convert.ToHexString(goodbye)));
        }

        Assert.Single(seen.Distinct());
    }

    [Fact]
    public void The_salt_of_a_name_stays_the_same_whether_there_is_such_an_account_or_not()
    {
        foreach (var name in (string[])["alice", "nobody"])
        {
            var (first, second) = (SaltOf(name), SaltOf(name));
            Assert.Equal(first, second);
        }

        Assert.NotEqual(SaltOf("nobody"), SaltOf("somebody"));
    }

    private byte[] SaltOf(string name)
    {
        var bench = Greeted();
        return new ScramPeer(bench, TestAccounts.WrongPassword, name).Try().Salt;
    }

    [Fact]
    public void An_account_that_is_disabled_between_the_two_steps_is_not_let_in()
    {
        var bench = Greeted();
        var peer = new ScramPeer(bench, TestAccounts.BobsPassword, "bob");
        bench.Transport.Deliver(peer.First());
        var final = peer.Final(bench.Transport.ExpectFrame(FrameType.Auth));
        Change(TestAccounts.Alice, TestAccounts.Bob with { IsEnabled = false });
        bench.Transport.Deliver(final);
        Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        Assert.Empty(Sessions());
    }

    [Fact]
    public void A_login_has_no_third_step()
    {
        var bench = Greeted();
        var peer = new ScramPeer(bench, TestAccounts.AlicesPassword);
        bench.Transport.Deliver(peer.First());
        var final = peer.Final(bench.Transport.ExpectFrame(FrameType.Auth));
        bench.Transport.Deliver(final, final);
        bench.Transport.Probe.FishForMessage(message => message is Akka.IO.Tcp.Write);
        AwaitCondition(() => Sessions().Length == 0);
    }
}
