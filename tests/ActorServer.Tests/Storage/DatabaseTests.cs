using ActorNet.Server.Storage;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Tests.Storage;

/// <summary>One connection to the store, and what is left of it after something went wrong.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public DatabaseTests()
    {
        _database = Database.Open(Path.Combine(_folder.Path, "test.db"), TimeSpan.FromSeconds(1));
        _database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    // What SQLite does by itself when the disk is full.
    [Fact]
    public void A_transaction_that_sqlite_has_rolled_back_already_tells_its_reason_and_the_next_one_works()
    {
        Add(1);

        var failure = Assert.Throws<SqliteException>(() => _database.Write(() => _database.Execute("INSERT OR ROLLBACK INTO t VALUES (1)")));

        Assert.Contains("UNIQUE", failure.Message, StringComparison.Ordinal);
        Add(2);
        Assert.Equal(2, _database.Read(() => _database.Number("SELECT count(*) FROM t")));
    }

    [Fact]
    public void What_throws_in_the_middle_leaves_nothing_behind_and_the_next_one_works()
    {
        Assert.Throws<InvalidOperationException>(() => _database.Write<int>(() =>
        {
            _database.Execute("INSERT INTO t VALUES (1)");
            throw new InvalidOperationException();
        }));

        Add(2);
        Assert.Equal(1, _database.Number("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_store_that_is_full_tells_so_and_works_again_when_there_is_room()
    {
        _database.Execute("CREATE TABLE b (content BLOB)");
        _database.Execute($"PRAGMA max_page_count = {_database.Number("PRAGMA page_count")}");

        var failure = Assert.Throws<SqliteException>(
            () => _database.Write(() => _database.Execute("INSERT INTO b VALUES (zeroblob(1000000))")));

        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        _database.Execute("PRAGMA max_page_count = 1000000");
        Assert.Equal(1, _database.Write(() => _database.Execute("INSERT INTO b VALUES (zeroblob(1000000))")));
    }

    private void Add(int id) => _database.Write(() => _database.Execute("INSERT INTO t VALUES ($id)", ("$id", id)));
}
