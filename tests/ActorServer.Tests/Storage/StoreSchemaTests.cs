using ActorNet.Protocol;
using ActorNet.Server.Storage;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Tests.Storage;

public sealed class StoreSchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> OlderVersions => [.. Enumerable.Range(0, StoreSchema.Steps.Count)];

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void A_store_of_each_older_version_is_brought_up_to_date(int version)
    {
        using (var old = Open()) StoreSchema.Upgrade(old, [.. StoreSchema.Steps.Take(version)]);

        using (var store = AccountStore.Open(_folder.Path, TestAccounts.Settings)) store.Editor().Add(TestAccounts.Name("ann"), [], null);

        Assert.Equal(StoreSchema.Steps.Count, Version());
    }

    [Fact]
    public void A_further_step_keeps_what_is_there_and_is_taken_once()
    {
        var taken = 0;
        using (var store = AccountStore.Open(_folder.Path, TestAccounts.Settings)) store.Editor().Add(TestAccounts.Name("ann"), ["ops"], TestAccounts.Password);
        IReadOnlyList<Action<Database>> steps = [.. StoreSchema.Steps, Further];

        using (AccountStore.Open(_folder.Path, TestAccounts.Settings, steps)) Assert.Equal(1, taken);
        using var again = AccountStore.Open(_folder.Path, TestAccounts.Settings, steps);

        Assert.Equal(1, taken);
        Assert.Equal(StoreSchema.Steps.Count + 1, Version());
        Assert.Equal(["ops"], [.. again.Load().Find("ann")!.Roles]);

        void Further(Database database)
        {
            taken++;
            database.Execute("ALTER TABLE accounts ADD COLUMN note TEXT");
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_before_it()
    {
        using (var store = AccountStore.Open(_folder.Path, TestAccounts.Settings)) store.Editor().Add(TestAccounts.Name("ann"), [], null);

        using (var database = Open()) Assert.Throws<SqliteException>(() => StoreSchema.Upgrade(database, [.. StoreSchema.Steps, Failing]));

        Assert.Equal(StoreSchema.Steps.Count, Version());
        using var again = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        Assert.NotNull(again.Load().Find("ann"));

        static void Failing(Database database)
        {
            database.Execute("DELETE FROM accounts");
            database.Execute("CREATE TABLE half (x INTEGER)");
            database.Execute("this is no statement");
        }
    }

    [Fact]
    public async Task A_program_killed_in_the_middle_of_a_step_leaves_the_version_before_it()
    {
        using (var store = AccountStore.Open(_folder.Path, TestAccounts.Settings)) store.Editor().Add(TestAccounts.Name("ann"), [], null);

        using (var program = KilledProgram.Start(KilledProgram.Upgrader, _folder.Path))
        {
            Assert.Equal("half", await program.StandardOutput.ReadLineAsync());
            program.Kill();
            await program.WaitForExitAsync();
        }

        Assert.Equal(StoreSchema.Steps.Count, Version());
        using var again = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        Assert.NotNull(again.Load().Find("ann"));
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using (AccountStore.Open(_folder.Path, TestAccounts.Settings, [.. StoreSchema.Steps, _ => { }])) Assert.Equal(StoreSchema.Steps.Count + 1, Version());

        var refusal = Assert.Throws<AccountStoreException>(() => AccountStore.Open(_folder.Path, TestAccounts.Settings));

        Assert.Equal(ErrorCode.Unavailable, refusal.Code);
        Assert.Contains("written by a newer version of actorserver", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(StoreSchema.Steps.Count + 1, Version());
    }

    [Fact]
    public async Task Those_who_open_a_new_store_at_the_same_time_all_get_the_same()
    {
        using var gate = new Barrier(4);
        var secrets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                gate.SignalAndWait();
                using var store = AccountStore.Open(_folder.Path, TestAccounts.Settings);
                return Convert.ToHexString(store.Load().Secret);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Single(secrets.Distinct());
    }

    private Database Open() => Database.Open(_folder["actornet.db"], TimeSpan.FromSeconds(1));

    private long Version()
    {
        using var database = Open();
        return database.Number("PRAGMA user_version");
    }
}
