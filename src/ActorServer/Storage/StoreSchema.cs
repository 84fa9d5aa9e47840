using System.Globalization;
using System.Security.Cryptography;
using ActorNet.Protocol;

namespace ActorNet.Server.Storage;

/// <summary>
/// The tables of the store, and how a file of an older version becomes one of this. A version is how many steps were taken
/// (<c>PRAGMA user_version</c>); each step is one transaction, so that a crash leaves the version before it or after it. Steps are only ever
/// added at the end.
/// </summary>
internal static class StoreSchema
{
    /// <summary>The steps, from an empty file to what this program uses.</summary>
    public static readonly IReadOnlyList<Action<Database>> Steps = [MakeTables];

    /// <summary>Takes the steps that the file lacks.</summary>
    /// <exception cref="AccountStoreException">A newer program has used the file.</exception>
    public static void Upgrade(Database database, IReadOnlyList<Action<Database>> steps)
    {
        while (true)
        {
            var version = VersionOf(database);
            if (version == steps.Count) return;
            if (version > steps.Count)
                throw new AccountStoreException(
                    ErrorCode.Unavailable,
                    $"{database.Path} was written by a newer version of actorserver (schema {version}; this one knows {steps.Count}). "
                    + "Run that version, or restore a backup from before it.");
            database.Write(() => TakeNext(database, steps));
        }
    }

    private static long VersionOf(Database database) => database.Number("PRAGMA user_version");

    // The version is read again, as another process may have taken the step meanwhile.
    private static bool TakeNext(Database database, IReadOnlyList<Action<Database>> steps)
    {
        var version = VersionOf(database);
        if (version >= steps.Count) return false;
        steps[(int)version](database);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
        return true;
    }

    // Times are milliseconds since 1970, UTC.
    private static void MakeTables(Database database)
    {
        database.Execute("""
            CREATE TABLE meta (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                secret BLOB NOT NULL CHECK (length(secret) = 32)
            );
            CREATE TABLE accounts (
                name TEXT NOT NULL PRIMARY KEY,
                enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
                salt BLOB, iterations INTEGER, stored_key BLOB, server_key BLOB,
                created INTEGER NOT NULL,
                changed INTEGER NOT NULL,
                CHECK ((salt IS NULL AND iterations IS NULL AND stored_key IS NULL AND server_key IS NULL)
                    OR (length(salt) >= 16 AND iterations > 0 AND length(stored_key) = 32 AND length(server_key) = 32))
            ) WITHOUT ROWID;
            CREATE TABLE account_roles (
                account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
                role TEXT NOT NULL,
                PRIMARY KEY (account, role)
            ) WITHOUT ROWID;
            CREATE TABLE machine_keys (
                id TEXT NOT NULL PRIMARY KEY,
                account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
                label TEXT NOT NULL,
                secret BLOB NOT NULL CHECK (length(secret) = 32),
                created INTEGER NOT NULL,
                UNIQUE (account, label)
            ) WITHOUT ROWID;
            CREATE TABLE admin_acts (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                done_by TEXT NOT NULL,
                act TEXT NOT NULL,
                subject TEXT NOT NULL,
                details TEXT NOT NULL
            );
            """);
        database.Execute("INSERT INTO meta (id, secret) VALUES (1, $secret)", ("$secret", RandomNumberGenerator.GetBytes(32)));
    }
}
