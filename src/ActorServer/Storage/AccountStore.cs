using ActorNet.Protocol;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Storage;

/// <summary>
/// The accounts of a node, in <c>actornet.db</c> of its data directory. Several processes use it at once: the node, which reads it, and commands,
/// which change it through an <see cref="AccountEditor"/>. One object is for one thread at a time.
/// </summary>
public sealed class AccountStore : IDisposable
{
    private const string FileName = "actornet.db";

    private readonly Database _database;
    private long _ownChanges;

    private AccountStore(Database database, AccountStoreSettings settings) => (_database, Settings) = (database, settings);

    /// <summary>What distinguishes one state of the store from another: commits of others, by SQLite's count, and of this object.</summary>
    public readonly record struct Stamp(long Others, long Own);

    internal AccountStoreSettings Settings { get; }

    /// <summary>Whether there is a store in a directory.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Opens the store, makes it if there is none, and brings an older one up to date.</summary>
    /// <param name="directory">The data directory; it exists.</param>
    /// <param name="settings">Its limits.</param>
    /// <exception cref="AccountStoreException">It cannot be used, or a newer version wrote it.</exception>
    public static AccountStore Open(string directory, AccountStoreSettings settings) => Open(directory, settings, StoreSchema.Steps);

    internal static AccountStore Open(string directory, AccountStoreSettings settings, IReadOnlyList<Action<Database>> steps)
    {
        var path = Path.Combine(directory, FileName);
        return Guarded(path, () =>
        {
            var database = Database.Open(path, settings.BusyTimeout);
            try
            {
                StoreSchema.Upgrade(database, steps);
                return new AccountStore(database, settings);
            }
            catch (Exception e) when (e is SqliteException or AccountStoreException)
            {
                database.Dispose();
                throw;
            }
        });
    }

    /// <summary>Differs from the last one if anything may have changed since.</summary>
    public Stamp CurrentStamp() => Guarded(() => new Stamp(_database.Number("PRAGMA data_version"), _ownChanges));

    /// <summary>All accounts, of one moment.</summary>
    public AccountBook Load() => Guarded(() => _database.Read(() => AccountTables.ReadBook(_database)));

    /// <summary>The oldest acts that nobody has forgotten yet.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<AdminAct> TakeActs(int most) => Guarded(() => AccountTables.ReadActs(_database, most));

    /// <summary>Removes the acts up to this id, which are written down elsewhere.</summary>
    public void ForgetActs(long upTo) =>
        Guarded(() => _database.Write(() => _database.Execute("DELETE FROM admin_acts WHERE id <= $id", ("$id", upTo))));

    public void Dispose() => _database.Dispose();

    /// <summary>Changes something, all or nothing.</summary>
    internal T Change<T>(Func<Database, T> change)
    {
        var result = Guarded(() => _database.Write(() => change(_database)));
        _ownChanges++;
        return result;
    }

    private T Guarded<T>(Func<T> use) => Guarded(_database.Path, use);

    private static T Guarded<T>(string path, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (SqliteException e)
        {
            throw AccountStoreException.Of(e, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccountStoreException(ErrorCode.Unavailable, $"{path} cannot be opened: {e.Message}");
        }
    }
}
