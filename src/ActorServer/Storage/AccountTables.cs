using System.Collections.Frozen;
using System.Collections.Immutable;
using ActorNet.Protocol.Auth;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Storage;

/// <summary>Rows of the store to records.</summary>
internal static class AccountTables
{
    /// <summary>All of it; inside one transaction.</summary>
    public static AccountBook ReadBook(Database database)
    {
        var secret = database.Query("SELECT secret FROM meta", row => row.GetFieldValue<byte[]>(0)).Single();
        var roles = database.Query("SELECT account, role FROM account_roles ORDER BY account, role", row => (Account: row.GetString(0), Role: row.GetString(1)))
            .ToLookup(row => row.Account, row => row.Role);
        var keys = database.Query(
                "SELECT account, id, label, secret, created FROM machine_keys ORDER BY account, created, id",
                row => (Account: row.GetString(0), Key: new MachineKey(row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), TimeOf(row, 4))))
            .ToLookup(row => row.Account, row => row.Key);
        var accounts = database.Query(
            "SELECT name, enabled, salt, iterations, stored_key, server_key, created FROM accounts",
            row => new Account(
                row.GetString(0), row.GetBoolean(1), [.. roles[row.GetString(0)]], PasswordOf(row), [.. keys[row.GetString(0)]], TimeOf(row, 6)));
        return new AccountBook(secret, accounts.ToFrozenDictionary(account => account.Name));
    }

    /// <summary>The oldest acts.</summary>
    public static IReadOnlyList<AdminAct> ReadActs(Database database, int most) => database.Query(
        "SELECT id, at, done_by, act, subject, details FROM admin_acts ORDER BY id LIMIT $most",
        row => new AdminAct(row.GetInt64(0), TimeOf(row, 1), row.GetString(2), row.GetString(3), row.GetString(4), DetailsOf(row.GetString(5))),
        ("$most", most));

    /// <summary>Details as one text: a line each, <c>name=value</c>. No value has a line break in it.</summary>
    public static string TextOf(IEnumerable<KeyValuePair<string, string>> details) =>
        string.Join('\n', details.Select(detail => $"{detail.Key}={detail.Value}"));

    private static ImmutableArray<KeyValuePair<string, string>> DetailsOf(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
            .Select(parts => KeyValuePair.Create(parts[0], parts[1])),
    ];

    private static ScramCredential? PasswordOf(SqliteDataReader row) => row.IsDBNull(2)
        ? null
        : new ScramCredential(row.GetFieldValue<byte[]>(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5));

    private static DateTimeOffset TimeOf(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
