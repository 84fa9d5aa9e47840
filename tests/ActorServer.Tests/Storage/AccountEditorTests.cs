using System.Globalization;
using ActorNet.Protocol;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

public sealed class AccountEditorTests : IDisposable
{
    private static readonly AccountStoreSettings Settings = TestAccounts.Settings with { MaxAccounts = 3, MaxRoles = 2, MaxKeys = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly AccountStore _store;
    private readonly AccountEditor _editor;

    public AccountEditorTests() => (_store, _editor) = Open(Settings);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private Account Ann => _store.Load().Find("ann")!;

    [Fact]
    public void A_password_can_be_set_and_taken_away()
    {
        Add("ann");
        Assert.Null(Ann.Password);

        _editor.SetPassword(TestAccounts.Name("ann"), TestAccounts.Password);
        Assert.Equal(TestAccounts.Password.StoredKey, Ann.Password!.StoredKey);

        _editor.SetPassword(TestAccounts.Name("ann"), null);
        Assert.Null(Ann.Password);
    }

    [Fact]
    public void Disabling_is_a_change_once()
    {
        Add("ann");

        Assert.True(_editor.SetEnabled(TestAccounts.Name("ann"), false));
        Assert.False(_editor.SetEnabled(TestAccounts.Name("ann"), false));
        Assert.False(Ann.IsEnabled);
        Assert.True(_editor.SetEnabled(TestAccounts.Name("ann"), true));
        Assert.True(Ann.IsEnabled);
    }

    [Fact]
    public void A_role_is_granted_once_and_revoked_once()
    {
        Add("ann");

        Assert.True(_editor.Grant(TestAccounts.Name("ann"), "ops"));
        Assert.False(_editor.Grant(TestAccounts.Name("ann"), "ops"));
        Assert.Equal(["ops"], [.. Ann.Roles]);
        _editor.RevokeRole(TestAccounts.Name("ann"), "ops");
        Assert.Empty(Ann.Roles);
        Refused(ErrorCode.NotFound, () => _editor.RevokeRole(TestAccounts.Name("ann"), "ops"));
    }

    [Fact]
    public void With_an_account_go_its_roles_and_keys_and_a_new_one_of_the_name_has_none()
    {
        Add("ann", "ops");
        var key = _editor.AddKey(TestAccounts.Name("ann"), "laptop");

        _editor.Delete(TestAccounts.Name("ann"));

        Assert.Null(_store.Load().Find("ann"));
        Refused(ErrorCode.NotFound, () => _editor.RevokeKey(key.Id));
        Add("ann");
        Assert.Empty(Ann.Roles);
        Assert.Empty(Ann.Keys);
    }

    [Fact]
    public void A_revoked_key_is_gone_and_the_others_stay()
    {
        Add("ann");
        var first = _editor.AddKey(TestAccounts.Name("ann"), "first");
        var second = _editor.AddKey(TestAccounts.Name("ann"), "second");

        Assert.Equal("ann", _editor.RevokeKey(first.Id));

        Assert.Equal(second.Id, Assert.Single(Ann.Keys).Id);
        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Matches("^k-[0-9a-f]{16}$", first.Id);
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        var nobody = TestAccounts.Name("nobody");

        Refused(ErrorCode.NotFound, () => _editor.SetPassword(nobody, null));
        Refused(ErrorCode.NotFound, () => _editor.SetEnabled(nobody, true));
        Refused(ErrorCode.NotFound, () => _editor.Delete(nobody));
        Refused(ErrorCode.NotFound, () => _editor.Grant(nobody, "ops"));
        Refused(ErrorCode.NotFound, () => _editor.RevokeRole(nobody, "ops"));
        Refused(ErrorCode.NotFound, () => _editor.AddKey(nobody, "laptop"));
        Refused(ErrorCode.NotFound, () => _editor.RevokeKey("k-0000000000000000"));
        Assert.Empty(_store.TakeActs(10));
    }

    [Fact]
    public void A_name_or_a_label_is_taken_once()
    {
        Add("ann");
        _editor.AddKey(TestAccounts.Name("ann"), "laptop");

        Refused(ErrorCode.Conflict, () => Add("ann"));
        Refused(ErrorCode.Conflict, () => _editor.AddKey(TestAccounts.Name("ann"), "laptop"));
        Add("bob");
        _editor.AddKey(TestAccounts.Name("bob"), "laptop");
    }

    [Fact]
    public void Accounts_up_to_the_limit_and_no_more()
    {
        Add("a");
        Add("b");
        Add("c");

        Assert.Contains("actornet.accounts.max-accounts", Refused(ErrorCode.TooMany, () => Add("d")), StringComparison.Ordinal);
        _editor.Delete(TestAccounts.Name("a"));
        Add("d");
    }

    [Fact]
    public void Roles_up_to_the_limit_and_no_more_and_a_refused_account_is_not_there_by_half()
    {
        Add("ann", "one", "two");

        Assert.Contains(
            "actornet.accounts.max-roles-per-account", Refused(ErrorCode.TooMany, () => _editor.Grant(TestAccounts.Name("ann"), "three")),
            StringComparison.Ordinal);
        Refused(ErrorCode.TooMany, () => Add("bob", "one", "two", "three"));
        Assert.Null(_store.Load().Find("bob"));
    }

    [Fact]
    public void Keys_up_to_the_limit_and_no_more()
    {
        Add("ann");
        _editor.AddKey(TestAccounts.Name("ann"), "first");
        _editor.AddKey(TestAccounts.Name("ann"), "second");

        Assert.Contains(
            "actornet.accounts.max-keys-per-account", Refused(ErrorCode.TooMany, () => _editor.AddKey(TestAccounts.Name("ann"), "third")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Acts_that_nobody_takes_bound_what_can_be_changed_and_a_change_that_is_refused_did_not_happen()
    {
        var (store, editor) = Open(Settings with { MaxActs = 2 });
        using var _ = store;
        editor.Add(TestAccounts.Name("ann"), [], null);
        editor.Grant(TestAccounts.Name("ann"), "ops");

        Refused(ErrorCode.TooMany, () => editor.SetEnabled(TestAccounts.Name("ann"), false));

        Assert.True(Ann.IsEnabled);
        store.ForgetActs(store.TakeActs(1)[0].Id);
        editor.SetEnabled(TestAccounts.Name("ann"), false);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" laptop")]
    [InlineData("laptop ")]
    [InlineData("my  laptop")]
    [InlineData("lap\u0000top")]
    [InlineData("lap\ntop")]
    [InlineData("\u001b[2J")]
    [InlineData("lap\u202etop")]
    [InlineData("lap\u200btop")]
    [InlineData("lap\ud800top")]
    public void A_label_that_would_deceive_in_a_terminal_or_a_log_is_refused(string label)
    {
        Add("ann");

        Refused(ErrorCode.Invalid, () => _editor.AddKey(TestAccounts.Name("ann"), label));
        Refused(ErrorCode.Invalid, () => _editor.Grant(TestAccounts.Name("ann"), label));
    }

    [Fact]
    public void A_label_has_64_bytes_at_most()
    {
        Add("ann");

        _editor.AddKey(TestAccounts.Name("ann"), new string('ä', 32));

        Refused(ErrorCode.Invalid, () => _editor.AddKey(TestAccounts.Name("ann"), new string('ä', 32) + "x"));
    }

    [Fact]
    public void Every_change_leaves_an_act_that_says_who_what_to_whom_and_when()
    {
        Add("ann", "one");
        var key = _editor.AddKey(TestAccounts.Name("ann"), "laptop");
        _editor.Grant(TestAccounts.Name("ann"), "two");
        _editor.RevokeRole(TestAccounts.Name("ann"), "two");
        _editor.SetPassword(TestAccounts.Name("ann"), TestAccounts.Password);
        _editor.SetEnabled(TestAccounts.Name("ann"), false);
        _editor.SetEnabled(TestAccounts.Name("ann"), true);
        _editor.RevokeKey(key.Id);
        _editor.Delete(TestAccounts.Name("ann"));

        var acts = _store.TakeActs(100);

        Assert.Equal(
            [
                "user.add password=none role=one",
                $"key.add key={key.Id} label=laptop",
                "user.grant role=two",
                "user.revoke-role role=two",
                "user.passwd password=set",
                "user.disable",
                "user.enable",
                $"key.revoke key={key.Id} label=laptop",
                "user.delete",
            ],
            acts.Select(act => string.Join(' ', [act.Act, .. act.Details.Select(detail => $"{detail.Key}={detail.Value}")])));
        Assert.All(acts, act => Assert.Equal(("os:tester", "ann"), (act.By, act.Subject)));
        Assert.Equal(acts.Select(act => act.At).Order(), acts.Select(act => act.At));
    }

    [Fact]
    public void What_changes_nothing_leaves_no_act()
    {
        Add("ann", "ops");
        _store.ForgetActs(long.MaxValue);

        _editor.Grant(TestAccounts.Name("ann"), "ops");
        _editor.SetEnabled(TestAccounts.Name("ann"), true);
        Refused(ErrorCode.Conflict, () => Add("ann"));

        Assert.Empty(_store.TakeActs(10));
    }

    [Fact]
    public void Acts_are_taken_oldest_first_stay_until_forgotten_and_no_number_comes_twice()
    {
        Add("ann");
        Add("bob");
        Assert.Equal(["ann"], _store.TakeActs(1).Select(act => act.Subject));
        Assert.Equal(["ann", "bob"], _store.TakeActs(10).Select(act => act.Subject));

        var last = _store.TakeActs(10)[^1].Id;
        _store.ForgetActs(last);

        Assert.Empty(_store.TakeActs(10));
        Add("eve");
        Assert.True(_store.TakeActs(10)[0].Id > last);
    }

    [Fact]
    public void An_act_becomes_a_record_of_the_audit_log_with_its_own_time_and_number()
    {
        Add("ann");
        var act = _store.TakeActs(1)[0];

        var noted = act.ToEvent();

        Assert.Equal(("user.add", "ok", "os:tester", "ann"), (noted.Act, noted.Outcome, noted.Account, noted.Subject));
        Assert.Equal(
            [
                KeyValuePair.Create("at", act.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                KeyValuePair.Create("act", act.Id.ToString(CultureInfo.InvariantCulture)),
                KeyValuePair.Create("password", "none"),
            ],
            [.. noted.Details]);
    }

    [Fact]
    public void The_first_account_is_made_only_where_there_is_none()
    {
        Assert.True(_editor.TryAddFirst(TestAccounts.Name("ann"), ["ops"], TestAccounts.Password, "local"));
        Assert.Equal("local", Assert.Single(Ann.Keys).Label);

        Assert.False(_editor.TryAddFirst(TestAccounts.Name("bob"), ["ops"], TestAccounts.Password, "local"));
        Assert.Null(_store.Load().Find("bob"));
    }

    private void Add(string name, params string[] roles) => _editor.Add(TestAccounts.Name(name), roles, null);

    private (AccountStore, AccountEditor) Open(AccountStoreSettings settings)
    {
        var store = AccountStore.Open(_folder.Path, settings);
        return (store, store.Editor());
    }

    private static string Refused(ErrorCode code, Action change)
    {
        var refusal = Assert.Throws<AccountStoreException>(change);
        Assert.Equal(code, refusal.Code);
        return refusal.Message;
    }
}
