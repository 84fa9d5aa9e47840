using ActorNet.Protocol.Auth;
using ActorNet.Server.Auth;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Auth;

public sealed class AccountsActorTests : LoginSpec
{
    private LoginMaterial Begin(string name, CredentialKind kind = CredentialKind.Key, IActorRef? accounts = null)
    {
        (accounts ?? Accounts).Tell(new BeginLogin(name, TestAccounts.Name(name), kind, null));
        return ExpectMsg<LoginMaterial>();
    }

    private object Open(string name, Credential credential, byte[]? device = null, IActorRef? connection = null, string id = "c-1")
    {
        Accounts.Tell(new OpenSession(
            TestAccounts.Name(name), credential, ScramMechanism.Plain, connection ?? CreateTestProbe().Ref, id, "192.0.2.1:5", device));
        return ExpectMsg<object>();
    }

    private static Credential PasswordOf(Account account) => new(Credential.PasswordId, account.Password!.StoredKey);

    [Fact]
    public void A_known_account_has_its_keys_first_and_decoys_behind_them()
    {
        var material = Begin("alice");
        Assert.Null(material.Problem);
        Assert.Equal(KeyCheck.Candidates, material.Keys.Length);
        Assert.Equal((ConnectionBench.KeyId, ConnectionBench.Key), (material.Keys[0].Id, material.Keys[0].Secret));
        Assert.All(material.Keys.Skip(1), key => Assert.Null(key.Id));
    }

    [Fact]
    public void A_known_account_has_its_password()
    {
        var material = Begin("alice", CredentialKind.Password);
        Assert.Null(material.Problem);
        Assert.Equal(TestAccounts.AlicesPassword.Credential.StoredKey, material.Password!.StoredKey);
    }

    [Fact]
    public void An_unknown_account_has_decoys_of_the_same_form_that_stay_the_same_over_a_restart()
    {
        var (keys, password) = (Begin("nobody"), Begin("nobody", CredentialKind.Password));
        Assert.Equal(("unknown account", "unknown account"), (keys.Problem, password.Problem));
        Assert.Equal(KeyCheck.Candidates, keys.Keys.Length);
        Assert.All(keys.Keys, key => Assert.Equal((null, HmacLogin.KeyLength), (key.Id, key.Secret.Length)));
        Assert.Equal(KeyCheck.Candidates, keys.Keys.Select(key => Convert.ToHexString(key.Secret)).Distinct().Count());
        Assert.Equal((LoginDecoys.SaltLength, 32), (password.Password!.Salt.Length, password.Password.StoredKey.Length));
        Assert.Equal(TestAccounts.Iterations, password.Password.Iterations);

        var restarted = StartAccounts();
        Assert.Equal(password.Password.Salt, Begin("nobody", CredentialKind.Password, restarted).Password!.Salt);
        Assert.Equal(keys.Keys[0].Secret, Begin("nobody", accounts: restarted).Keys[0].Secret);
        Assert.NotEqual(password.Password.Salt, Begin("somebody", CredentialKind.Password).Password!.Salt);
    }

    [Fact]
    public void A_disabled_account_keeps_its_salt_and_has_no_password_that_anybody_knows()
    {
        Change(TestAccounts.Alice with { IsEnabled = false });
        var material = Begin("alice", CredentialKind.Password);
        Assert.Equal("disabled account", material.Problem);
        Assert.Equal(TestAccounts.AlicesPassword.Credential.Salt, material.Password!.Salt);
        Assert.NotEqual(TestAccounts.AlicesPassword.Credential.StoredKey, material.Password.StoredKey);
    }

    [Fact]
    public void Without_a_password_and_without_keys_nobody_logs_in_by_them()
    {
        Change(TestAccounts.Alice with { Password = null }, TestAccounts.Bob);
        Assert.Equal("no password set for account", Begin("alice", CredentialKind.Password).Problem);
        Assert.Equal("no keys of account", Begin("bob").Problem);
    }

    [Fact]
    public void A_session_has_the_roles_and_rights_of_the_account_and_ends_with_its_connection()
    {
        var connection = CreateTestProbe();
        var opened = Assert.IsType<SessionOpened>(Open("bob", PasswordOf(TestAccounts.Bob), connection: connection.Ref));
        Assert.Equal(TestAccounts.Bob.Roles, opened.Session.Roles);
        Assert.Equal(["echo.open"], opened.Session.Rights.Allow);
        Assert.Equal(opened.Session, Assert.Single(Sessions()));

        Watch(connection.Ref);
        Sys.Stop(connection.Ref);
        ExpectTerminated(connection.Ref);
        AwaitCondition(() => Sessions().Length == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_changed_during_the_login_denies_the_session(bool deleted)
    {
        if (deleted) Change();
        else Change(TestAccounts.Bob with { IsEnabled = false });
        var denied = Assert.IsType<SessionDenied>(Open("bob", PasswordOf(TestAccounts.Bob)));
        Assert.Contains(deleted ? "deleted" : "disabled", denied.Detail, StringComparison.Ordinal);
        Assert.Empty(Sessions());
    }

    [Fact]
    public void A_login_by_password_gives_the_device_a_token_once()
    {
        var first = Assert.IsType<SessionOpened>(Open("bob", PasswordOf(TestAccounts.Bob)));
        Assert.NotNull(first.Device);
        Assert.Null(Assert.IsType<SessionOpened>(Open("bob", PasswordOf(TestAccounts.Bob), first.Device, id: "c-2")).Device);
        // With another password, or of another account, it is worth nothing.
        var changed = TestAccounts.Bob with { Password = TestAccounts.WrongPassword.Credential };
        Change(TestAccounts.Alice, changed);
        Assert.NotNull(Assert.IsType<SessionOpened>(Open("bob", PasswordOf(changed), first.Device, id: "c-4")).Device);
        Assert.NotNull(Assert.IsType<SessionOpened>(Open("alice", PasswordOf(TestAccounts.Alice), first.Device, id: "c-3")).Device);
    }

    [Fact]
    public void A_login_by_key_gives_none() =>
        Assert.Null(Assert.IsType<SessionOpened>(Open("alice", new Credential(ConnectionBench.KeyId, ConnectionBench.Key))).Device);

    [Fact]
    public void When_the_accounts_fail_all_sessions_end_and_nobody_logs_in_by_what_held_at_the_start()
    {
        var connection = CreateTestProbe();
        Open("bob", PasswordOf(TestAccounts.Bob), connection: connection.Ref);
        Sys.EventStream.Subscribe(TestActor, typeof(AccountsLost));
        EventFilter.Exception<FormatException>().ExpectOne(() => Change(TestAccounts.Bob with { Roles = ["no such pattern"] }));
        ExpectMsg<AccountsLost>();
        Assert.Equal("the accounts failed", connection.ExpectMsg<SessionRevoked>().Reason);
        Assert.Equal("unknown account", Begin("alice").Problem);
        Change(TestAccounts.Alice);
        Assert.Null(Begin("alice").Problem);
    }

    [Fact]
    public void A_session_can_be_ended_by_its_connection()
    {
        var connection = CreateTestProbe();
        Open("bob", PasswordOf(TestAccounts.Bob), connection: connection.Ref);
        Accounts.Tell(new EndSession("c-1", "admin"));
        Assert.Equal("bob", ExpectMsg<SessionEnded>().Session.Account);
        var revoked = connection.ExpectMsg<SessionRevoked>();
        Assert.Equal("ended by admin", revoked.Reason);
        Assert.DoesNotContain("admin ", revoked.Message, StringComparison.Ordinal);

        Accounts.Tell(new EndSession("c-1", "admin"));
        Assert.Equal("c-1", ExpectMsg<SessionNotFound>().ConnectionId);
    }

    [Fact]
    public void Sessions_are_listed_in_the_order_of_their_logins()
    {
        foreach (var i in Enumerable.Range(0, 20)) Open("bob", PasswordOf(TestAccounts.Bob), id: $"c-{i}");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"c-{i}"), Sessions().Select(session => session.ConnectionId));
    }
}
