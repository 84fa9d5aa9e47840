using System.Diagnostics;
using ActorNet.Server.Storage;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Storage;

/// <summary>By the real clock, with the interval of the reference.</summary>
public sealed class RevokeDelayTests : TestKit
{
    private const int Others = 500;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_node_knows_within_a_second_that_an_account_was_disabled()
    {
        using var command = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        Fill();
        var store = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        var accounts = CreateTestProbe();
        var actor = Sys.ActorOf(Props.Create(() => new AccountStoreActor(store, accounts.Ref, ActorRefs.Nobody)));
        accounts.ExpectMsg<AccountsChanged>(TimeSpan.FromSeconds(10));

        command.Editor().SetEnabled(TestAccounts.Name("account-7"), false);
        var clock = Stopwatch.StartNew();

        Assert.False(accounts.ExpectMsg<AccountsChanged>(TimeSpan.FromSeconds(10)).Book.Find("account-7")!.IsEnabled);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"it took {clock.Elapsed}");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        store.Dispose();
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private void Fill()
    {
        using var database = Database.Open(_folder["actornet.db"], TimeSpan.FromSeconds(1));
        database.Execute($"""
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Others - 1})
            INSERT INTO accounts (name, enabled, created, changed) SELECT 'account-' || i, 1, 0, 0 FROM n
            """);
    }
}
