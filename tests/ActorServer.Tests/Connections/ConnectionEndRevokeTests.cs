using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Auth;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionEndRevokeTests : LoginSpec
{
    private ConnectionBench ByPassword()
    {
        var bench = Greeted();
        new ScramPeer(bench, TestAccounts.AlicesPassword).Login();
        return bench;
    }

    private ConnectionBench ByKey()
    {
        var bench = Greeted();
        bench.Transport.Deliver(bench.Auth());
        bench.Transport.ExpectFrame(FrameType.Authenticated);
        return bench;
    }

    private void ExpectRevoked(ConnectionBench bench, string message)
    {
        var goodbye = ProtocolJson.Decode(bench.Transport.ExpectFrame(FrameType.Goodbye).Payload, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal((ErrorCode.Forbidden, message), (goodbye.Code, goodbye.Message));
    }

    public static TheoryData<string, string> Causes => new()
    {
        { "delete", "the account was deleted" },
        { "disable", "the account was disabled" },
        { "passwd", "the password was changed" },
        { "no passwd", "the password was changed" },
    };

    private static Account[] After(string cause) => cause switch
    {
        "delete" => [],
        "disable" => [TestAccounts.Alice with { IsEnabled = false }],
        "passwd" => [TestAccounts.Alice with { Password = TestAccounts.BobsPassword.Credential }],
        _ => [TestAccounts.Alice with { Password = null }],
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public void What_ends_a_login_ends_its_connection_and_its_channels_at_once(string cause, string message)
    {
        var bench = ByPassword();
        bench.OpenChannel(1);
        Watch(bench.Service.Sender);
        Change(After(cause));
        ExpectTerminated(bench.Service.Sender);
        ExpectRevoked(bench, message);
        Assert.Empty(Sessions());
    }

    [Fact]
    public void A_key_that_is_revoked_ends_what_it_logged_in_and_nothing_else()
    {
        var (machine, person) = (ByKey(), ByPassword());
        Change(TestAccounts.Alice with { Keys = [] });
        ExpectRevoked(machine, "the key was revoked");
        person.OpenChannel(1);
    }

    [Fact]
    public void A_key_that_was_made_anew_under_the_same_id_is_another()
    {
        var machine = ByKey();
        Change(TestAccounts.Alice with { Keys = [TestAccounts.Alice.Keys[0] with { Secret = new byte[32] }] });
        ExpectRevoked(machine, "the key was revoked");
    }

    [Fact]
    public void A_new_password_leaves_those_who_came_by_key()
    {
        var machine = ByKey();
        Change(TestAccounts.Alice with { Password = null });
        machine.OpenChannel(1);
        Assert.Single(Sessions());
    }

    [Fact]
    public void An_administrator_ends_a_connection()
    {
        var bench = ByPassword();
        Accounts.Tell(new EndSession(Assert.Single(Sessions()).ConnectionId, "root"), TestActor);
        ExpectMsg<SessionEnded>();
        ExpectRevoked(bench, "an administrator ended the connection");
    }

    [Fact]
    public void What_is_changed_of_another_account_is_nothing_to_this_one()
    {
        var bench = ByPassword();
        Change(TestAccounts.Alice);
        bench.OpenChannel(1);
    }

    [Fact]
    public void Other_rights_reach_every_channel_and_what_is_opened_later()
    {
        var bench = ByPassword();
        Assert.Equal(Rights.All, bench.OpenChannel(1).Rights);
        Change(TestAccounts.Alice with { Roles = ["echo.open"] });
        Assert.Equal(["echo.open"], bench.Service.ExpectMsg<RightsChanged>().Rights.Allow);
        Assert.Equal(["echo.open"], bench.OpenChannel(2).Rights.Allow);
        Assert.Equal("echo.open", Assert.Single(Assert.Single(Sessions()).Roles));
    }

    [Fact]
    public void A_change_that_overtakes_the_login_is_not_lost()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Accounts.Reply(ConnectionBench.Material());
        var open = bench.Accounts.ExpectMsg<OpenSession>();
        var session = new Session("alice", [], Rights.All, "k-1", open.Mechanism, open.ConnectionId, open.Remote, default);
        var login = bench.Accounts.Sender;
        bench.Accounts.Send(bench.Actor, new RightsChanged(Rights.None));
        Settle(bench.Actor);
        bench.Accounts.Send(login, new SessionOpened(session, null));
        bench.Transport.ExpectFrame(FrameType.Authenticated);
        Assert.Equal(Rights.None, bench.OpenChannel(1).Rights);
    }

    [Fact]
    public void A_login_that_is_revoked_before_it_is_answered_is_not_answered()
    {
        var bench = new ConnectionBench(this).AskForLogin();
        bench.Accounts.Reply(ConnectionBench.Material());
        bench.Accounts.ExpectMsg<OpenSession>();
        bench.Accounts.Send(bench.Actor, new SessionRevoked("the account was disabled", "the account was disabled"));
        ExpectRevoked(bench, "the account was disabled");
    }

    [Fact]
    public void The_log_says_who_ended_it()
    {
        var bench = ByPassword();
        Watch(bench.Actor);
        EventFilter.Info(new System.Text.RegularExpressions.Regex("closed: .*ended by root.*forbidden")).ExpectOne(() =>
        {
            Accounts.Tell(new EndSession(Assert.Single(Sessions()).ConnectionId, "root"), CreateTestProbe().Ref);
            ExpectRevoked(bench, "an administrator ended the connection");
            bench.Transport.Closed();
            ExpectTerminated(bench.Actor);
        });
    }
}
