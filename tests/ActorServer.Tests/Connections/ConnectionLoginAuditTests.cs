using ActorNet.Protocol;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Audit;
using ActorNet.Server.Listening;
using ActorNet.Server.Tests.Auth;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionLoginAuditTests : LoginSpec
{
    private readonly TestProbe _audit;

    public ConnectionLoginAuditTests() => _audit = CreateTestProbe();

    private ConnectionBench Bench() => Greeted(audit: _audit.Ref);

    private static string? Detail(AuditEvent written, string name) => written.Details.FirstOrDefault(detail => detail.Key == name).Value;

    [Fact]
    public void A_login_is_written_before_the_client_is_let_in()
    {
        var bench = Bench();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Try();
        var written = _audit.ExpectMsg<NoteFirst>().Event;
        Assert.Equal(("login", "ok", "alice", "192.0.2.1:5"), (written.Act, written.Outcome, written.Account, written.Remote));
        Assert.StartsWith($"{ConnectionBench.Run}/", written.Connection, StringComparison.Ordinal);
        Assert.Equal(("SCRAM-SHA-256", "password"), (Detail(written, "mechanism"), Detail(written, "credential")));

        Settle(bench.Actor);
        Settle(bench.Transport.Handler);
        Assert.False(bench.Listener.HasMessages);
        _audit.Reply(new Noted(null));
        bench.Transport.ExpectFrame(FrameType.Authenticated);
        bench.Listener.ExpectMsg<Server.Connections.ConnectionAuthenticated>();
    }

    [Fact]
    public void What_cannot_be_written_does_not_happen()
    {
        var bench = Bench();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Try();
        _audit.ExpectMsg<NoteFirst>();
        _audit.Reply(new NotNoted(null));
        Assert.Equal(ErrorCode.Unavailable, bench.Transport.ExpectGoodbye());
        Assert.False(bench.Listener.HasMessages);
    }

    [Fact]
    public void Without_an_audit_nobody_is_let_in()
    {
        var bench = Greeted(audit: ActorRefs.Nobody);
        new ScramPeer(bench, TestAccounts.AlicesPassword).Try();
        Assert.Equal(ErrorCode.Unavailable, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void Nothing_is_listened_to_while_the_login_is_being_written()
    {
        var bench = Bench();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Try();
        _audit.ExpectMsg<NoteFirst>();
        bench.Transport.Deliver(bench.Auth());
        Assert.Equal(ErrorCode.ProtocolViolation, bench.Transport.ExpectGoodbye());
    }

    [Fact]
    public void A_failed_login_is_written_once_with_the_name_as_it_was_claimed_and_the_reason()
    {
        var bench = Bench();
        new ScramPeer(bench, TestAccounts.WrongPassword).Try();
        bench.Transport.ExpectGoodbye();
        var written = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("login", "unauthenticated", "alice"), (written.Act, written.Outcome, written.Account));
        Assert.Contains("wrong password", Detail(written, "reason"), StringComparison.Ordinal);
        End(bench);
        Assert.False(_audit.HasMessages);
    }

    [Fact]
    public void A_throttled_login_is_written_as_such()
    {
        for (var i = 0; i < TestLimits.Login.FreeFailures; i++)
        {
            new ScramPeer(Bench(), TestAccounts.WrongPassword).Try();
            _audit.ExpectMsg<Note>();
        }

        var bench = Bench();
        bench.Transport.Deliver(new ScramPeer(bench, TestAccounts.AlicesPassword).First());
        Assert.Equal("rate-limited", _audit.ExpectMsg<Note>().Event.Outcome);
    }

    [Fact]
    public void A_login_that_the_client_left_in_the_middle_is_written_too()
    {
        var bench = Bench();
        bench.Transport.Deliver(new ScramPeer(bench, TestAccounts.AlicesPassword).First());
        bench.Transport.ExpectFrame(FrameType.Auth);
        bench.Transport.Probe.Send(bench.Transport.Handler, new Akka.IO.Tcp.ErrorClosed("reset by peer"));
        var written = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("login", "unauthenticated", "alice"), (written.Act, written.Outcome, written.Account));
        Assert.Equal(Fault.FailedLogin, bench.Listener.ExpectMsg<ConnectionFault>().Fault);
    }

    [Fact]
    public void The_end_of_what_was_logged_in_is_written_with_its_bytes_and_its_reason()
    {
        var bench = Bench();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Try();
        _audit.ExpectMsg<NoteFirst>();
        _audit.Reply(new Noted(null));
        bench.Transport.ExpectFrame(FrameType.Authenticated);
        Time.Advance(TimeSpan.FromSeconds(2));
        bench.Transport.Deliver(new Goodbye().ToFrame());
        bench.Transport.ExpectGoodbye();
        End(bench);
        var written = _audit.ExpectMsg<Note>().Event;
        Assert.Equal(("logout", "ok", "alice"), (written.Act, written.Outcome, written.Account));
        Assert.Equal(("2", "the client said goodbye"), (Detail(written, "seconds"), Detail(written, "reason")));
        Assert.All((string[])["bytes_in", "bytes_out"], name => Assert.True(Detail(written, name)!.Length >= 3));
    }

    [Fact]
    public void A_connection_that_tries_no_login_is_no_matter_of_the_audit()
    {
        var bench = Bench();
        bench.Transport.Deliver(new Goodbye().ToFrame());
        bench.Transport.ExpectGoodbye();
        End(bench);
        Assert.False(_audit.HasMessages);
    }

    private void End(ConnectionBench bench)
    {
        Watch(bench.Actor);
        bench.Transport.Closed();
        ExpectTerminated(bench.Actor);
    }
}
