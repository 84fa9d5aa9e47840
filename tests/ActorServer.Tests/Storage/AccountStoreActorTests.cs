using ActorNet.Server.Audit;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Storage;

public sealed class AccountStoreActorTests : ActorSpec
{
    private static readonly TimeSpan PollInterval = TestAccounts.Settings.PollInterval;

    private readonly TemporaryFolder _folder = new();
    private readonly AccountStore _store;
    private readonly AccountStore _command;
    private readonly TestProbe _accounts;
    private readonly TestProbe _audit;

    public AccountStoreActorTests()
    {
        var settings = TestAccounts.Settings with { BusyTimeout = TimeSpan.FromSeconds(1) };
        (_store, _command) = (AccountStore.Open(_folder.Path, settings), AccountStore.Open(_folder.Path, settings));
        (_accounts, _audit) = (CreateTestProbe(), CreateTestProbe());
    }

    [Fact]
    public void At_its_start_it_tells_the_accounts()
    {
        Add("ann");

        Start();

        Assert.NotNull(_accounts.ExpectMsg<AccountsChanged>().Book.Find("ann"));
    }

    [Fact]
    public void A_change_by_another_process_is_told_at_the_next_poll_and_not_before()
    {
        var actor = Started();

        Add("ann");
        Time.Advance(PollInterval - TimeSpan.FromMilliseconds(1));
        Settle(actor);
        Assert.False(_accounts.HasMessages);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotNull(_accounts.ExpectMsg<AccountsChanged>().Book.Find("ann"));
    }

    [Fact]
    public void Accounts_that_have_lost_all_are_told_again_at_the_next_poll()
    {
        Add("ann");
        var actor = Start();
        _accounts.ExpectMsg<AccountsChanged>();
        Settle(actor);

        Sys.EventStream.Publish(AccountsLost.Instance);
        Settle(actor);
        Assert.False(_accounts.HasMessages);
        Time.Advance(PollInterval);

        Assert.NotNull(_accounts.ExpectMsg<AccountsChanged>().Book.Find("ann"));
    }

    [Fact]
    public void While_nothing_changes_nothing_is_told()
    {
        var actor = Started();

        Polls(actor, 3);

        Assert.False(_accounts.HasMessages);
    }

    [Fact]
    public void Acts_go_to_audit_one_after_the_other_and_each_is_forgotten_only_when_it_is_noted()
    {
        Add("ann");
        Add("bob");
        var actor = Started();

        var first = _audit.ExpectMsg<NoteFirst>();
        Assert.Equal(("user.add", "ann", "os:tester"), (first.Event.Act, first.Event.Subject, first.Event.Account));
        Polls(actor, 3);
        Assert.False(_audit.HasMessages);
        Assert.Equal(["ann", "bob"], Waiting());

        _audit.Reply(new Noted(first.Tag));
        var second = _audit.ExpectMsg<NoteFirst>();
        Assert.Equal("bob", second.Event.Subject);
        Assert.Equal(["bob"], Waiting());
        _audit.Reply(new Noted(second.Tag));
        Settle(actor);
        Assert.Empty(Waiting());
    }

    [Fact]
    public void An_act_that_comes_while_the_node_runs_goes_to_audit_too()
    {
        var actor = Started();
        Polls(actor, 2);

        Add("ann");
        Polls(actor, 1);

        Assert.Equal("ann", _audit.ExpectMsg<NoteFirst>().Event.Subject);
    }

    [Fact]
    public void An_act_that_cannot_be_noted_stays_and_is_handed_over_again()
    {
        Add("ann");
        var actor = Started();

        _audit.Reply(new NotNoted(_audit.ExpectMsg<NoteFirst>().Tag));
        Polls(actor, 1);

        Assert.Equal("ann", _audit.ExpectMsg<NoteFirst>().Event.Subject);
        Assert.Equal(["ann"], Waiting());
    }

    [Fact]
    public void An_act_without_an_answer_is_handed_over_again_and_the_late_answer_counts()
    {
        Add("ann");
        var actor = Started();
        var unanswered = _audit.ExpectMsg<NoteFirst>();

        Polls(actor, (int)(TimeSpan.FromSeconds(10) / PollInterval) - 1);
        Assert.False(_audit.HasMessages);
        Polls(actor, 1);

        Assert.Equal(unanswered.Tag, _audit.ExpectMsg<NoteFirst>().Tag);
        _audit.Reply(new Noted(unanswered.Tag));
        Settle(actor);
        Assert.Empty(Waiting());
        // The second answer to the same is nobody's any more.
        _audit.Reply(new Noted(unanswered.Tag));
        Settle(actor);
        Assert.Empty(Waiting());
    }

    [Fact]
    public void A_store_that_cannot_be_read_is_logged_once_the_last_accounts_hold_and_when_it_can_they_are_told()
    {
        var actor = Started();
        using var other = Database.Open(_folder["actornet.db"], TimeSpan.FromSeconds(1));

        EventFilter.Error(contains: "Accounts stay as they were read last").ExpectOne(() =>
        {
            other.Execute("ALTER TABLE accounts RENAME TO lost");
            Polls(actor, 3);
        });
        Assert.False(_accounts.HasMessages);

        EventFilter.Info(contains: "can be used again").ExpectOne(() =>
        {
            other.Execute("ALTER TABLE lost RENAME TO accounts");
            Add("ann");
            Polls(actor, 1);
        });
        Assert.NotNull(_accounts.ExpectMsg<AccountsChanged>().Book.Find("ann"));
    }

    [Fact]
    public void While_another_process_holds_the_store_accounts_are_still_read_and_an_act_that_is_noted_waits_to_be_forgotten_and_is_not_noted_again()
    {
        Add("ann");
        var actor = Started();
        using var stuck = Database.Open(_folder["actornet.db"], TimeSpan.FromSeconds(1));
        stuck.Execute("BEGIN IMMEDIATE");

        EventFilter.Error(contains: "locked by another process").ExpectOne(() =>
        {
            _audit.Reply(new Noted(_audit.ExpectMsg<NoteFirst>().Tag));
            Settle(actor);
        });
        stuck.Execute("ROLLBACK");
        Polls(actor, 1);

        Assert.Empty(Waiting());
        Assert.False(_audit.HasMessages);
    }

    [Fact]
    public void An_act_holds_no_secret()
    {
        Add("ann");
        var key = _command.Editor().AddKey(TestAccounts.Name("ann"), "laptop");
        _command.Editor().SetPassword(TestAccounts.Name("ann"), TestAccounts.Password);

        var text = string.Join('\n', _command.TakeActs(10).Select(act => $"{act} {act.ToEvent()} {string.Join(',', act.Details)}"));

        Assert.Contains(key.Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(key.Secret), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(key.Secret), text, StringComparison.OrdinalIgnoreCase);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _store.Dispose();
        _command.Dispose();
        _folder.Dispose();
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new AccountStoreActor(_store, _accounts.Ref, _audit.Ref)));

    private IActorRef Started()
    {
        var actor = Start();
        _accounts.ExpectMsg<AccountsChanged>();
        // Its timer runs.
        Settle(actor);
        return actor;
    }

    private void Polls(IActorRef actor, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Time.Advance(PollInterval);
            Settle(actor);
        }
    }

    private void Add(string name) => _command.Editor().Add(TestAccounts.Name(name), [], null);

    private IEnumerable<string> Waiting() => _command.TakeActs(10).Select(act => act.Subject);
}
