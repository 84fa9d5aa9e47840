using System.Globalization;
using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Storage;

/// <summary>
/// Changes accounts in somebody's name. Each method is one transaction, and leaves in it an <see cref="AdminAct"/>: there is no change without,
/// and no act that did not happen. What changes nothing leaves none.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="by">Who makes the changes: <c>os:NAME</c>.</param>
/// <param name="time">What time it is.</param>
public sealed class AccountEditor(AccountStore store, string by, TimeProvider time)
{
    /// <summary>Bytes of a machine key.</summary>
    public const int KeyLength = HmacLogin.KeyLength;

    private const int KeyIdBytes = 8;

    private readonly AccountStoreSettings _settings = store.Settings;

    /// <summary>Makes an account, enabled.</summary>
    /// <exception cref="AccountStoreException">It exists, or there are too many accounts or roles.</exception>
    public void Add(AccountName name, IReadOnlyCollection<string> roles, ScramCredential? password) =>
        Change(database => Insert(database, name, roles, password));

    /// <summary>Makes the first account, with a key; false, and nothing, if there is any account already.</summary>
    public bool TryAddFirst(AccountName name, IReadOnlyCollection<string> roles, ScramCredential password, string keyLabel) => store.Change(database =>
    {
        if (database.Number("SELECT count(*) FROM accounts") > 0) return false;
        Insert(database, name, roles, password);
        InsertKey(database, name.Value, keyLabel);
        return true;
    });

    /// <summary>Sets the password, or takes it away: null.</summary>
    /// <exception cref="AccountStoreException">There is no such account.</exception>
    public void SetPassword(AccountName name, ScramCredential? password) => Change(database =>
    {
        RequireAccount(database, name.Value);
        database.Execute(
            "UPDATE accounts SET salt = $salt, iterations = $iterations, stored_key = $stored, server_key = $server WHERE name = $name",
            [("$name", name.Value), .. PasswordParameters(password)]);
        Note(database, "user.passwd", name.Value, ("password", password is null ? "none" : "set"));
    });

    /// <summary>Lets it log in, or not any more.</summary>
    /// <returns>Whether that is a change.</returns>
    /// <exception cref="AccountStoreException">There is no such account.</exception>
    public bool SetEnabled(AccountName name, bool isEnabled) => store.Change(database =>
    {
        RequireAccount(database, name.Value);
        var changes = database.Execute(
            "UPDATE accounts SET enabled = $enabled WHERE name = $name AND enabled <> $enabled", ("$name", name.Value), ("$enabled", isEnabled));
        if (changes > 0) Note(database, isEnabled ? "user.enable" : "user.disable", name.Value);
        return changes > 0;
    });

    /// <summary>Removes it with all its keys.</summary>
    /// <exception cref="AccountStoreException">There is no such account.</exception>
    public void Delete(AccountName name) => Change(database =>
    {
        RequireAccount(database, name.Value);
        database.Execute("DELETE FROM accounts WHERE name = $name", ("$name", name.Value));
        Note(database, "user.delete", name.Value);
    });

    /// <summary>Gives it a role.</summary>
    /// <returns>False if it has the role.</returns>
    /// <exception cref="AccountStoreException">There is no such account, or it has too many roles.</exception>
    public bool Grant(AccountName name, string role) => store.Change(database =>
    {
        RequireAccount(database, name.Value);
        if (!InsertRole(database, name.Value, role)) return false;
        Note(database, "user.grant", name.Value, ("role", role));
        return true;
    });

    /// <summary>Takes a role from it.</summary>
    /// <exception cref="AccountStoreException">There is no such account, or it has no such role.</exception>
    public void RevokeRole(AccountName name, string role) => Change(database =>
    {
        RequireAccount(database, name.Value);
        var removed = database.Execute("DELETE FROM account_roles WHERE account = $name AND role = $role", ("$name", name.Value), ("$role", role));
        if (removed == 0)
            throw new AccountStoreException(
                ErrorCode.NotFound, $"{name} does not have the role '{role}'; actorserver user show {name} says which it has.");
        Note(database, "user.revoke-role", name.Value, ("role", role));
    });

    /// <summary>Makes a machine key of the account.</summary>
    /// <exception cref="AccountStoreException">No such account, a label that cannot be one or is taken, or too many keys.</exception>
    public MachineKey AddKey(AccountName name, string label) => store.Change(database =>
    {
        RequireAccount(database, name.Value);
        return InsertKey(database, name.Value, label);
    });

    /// <summary>Removes a machine key.</summary>
    /// <returns>The account it was of.</returns>
    /// <exception cref="AccountStoreException">There is no such key.</exception>
    public string RevokeKey(string id) => store.Change(database =>
    {
        var keys = database.Query(
            "SELECT account, label FROM machine_keys WHERE id = $id", row => (Account: row.GetString(0), Label: row.GetString(1)), ("$id", id));
        if (keys.Count == 0)
            throw new AccountStoreException(ErrorCode.NotFound, $"There is no key '{id}'; actorserver key list shows all of them.");
        database.Execute("DELETE FROM machine_keys WHERE id = $id", ("$id", id));
        Note(database, "key.revoke", keys[0].Account, ("key", id), ("label", keys[0].Label));
        return keys[0].Account;
    });

    private void Change(Action<Database> change) => store.Change(database =>
    {
        change(database);
        return true;
    });

    private void Insert(Database database, AccountName name, IReadOnlyCollection<string> roles, ScramCredential? password)
    {
        if (Exists(database, name.Value))
            throw new AccountStoreException(ErrorCode.Conflict, $"There is an account {name} already; actorserver user show {name} shows it.");
        RequireRoom(database, "SELECT count(*) FROM accounts", "", _settings.MaxAccounts, "accounts", "max-accounts");
        database.Execute(
            """
            INSERT INTO accounts (name, enabled, salt, iterations, stored_key, server_key, created, changed)
            VALUES ($name, 1, $salt, $iterations, $stored, $server, $now, $now)
            """,
            [("$name", name.Value), ("$now", Now()), .. PasswordParameters(password)]);
        foreach (var role in roles) InsertRole(database, name.Value, role);
        Note(
            database, "user.add", name.Value,
            [("password", password is null ? "none" : "set"), .. roles.Distinct().Order(StringComparer.Ordinal).Select(role => ("role", role))]);
    }

    private bool InsertRole(Database database, string account, string role)
    {
        StoredText.Require(role, "role");
        if (database.Number("SELECT count(*) FROM account_roles WHERE account = $name AND role = $role", ("$name", account), ("$role", role)) > 0)
            return false;
        RequireRoom(
            database, "SELECT count(*) FROM account_roles WHERE account = $name", account, _settings.MaxRoles, $"roles of {account}",
            "max-roles-per-account");
        database.Execute("INSERT INTO account_roles (account, role) VALUES ($name, $role)", ("$name", account), ("$role", role));
        return true;
    }

    private MachineKey InsertKey(Database database, string account, string label)
    {
        StoredText.Require(label, "label");
        if (database.Number("SELECT count(*) FROM machine_keys WHERE account = $name AND label = $label", ("$name", account), ("$label", label)) > 0)
            throw new AccountStoreException(
                ErrorCode.Conflict, $"{account} has a key labelled '{label}' already. Revoke that one first, or choose another label.");
        RequireRoom(
            database, "SELECT count(*) FROM machine_keys WHERE account = $name", account, _settings.MaxKeys, $"keys of {account}",
            "max-keys-per-account");
        var now = Now();
        var key = new MachineKey(
            $"k-{RandomNumberGenerator.GetHexString(2 * KeyIdBytes, lowercase: true)}", label, RandomNumberGenerator.GetBytes(KeyLength),
            DateTimeOffset.FromUnixTimeMilliseconds(now));
        database.Execute(
            "INSERT INTO machine_keys (id, account, label, secret, created) VALUES ($id, $name, $label, $secret, $now)",
            ("$id", key.Id), ("$name", account), ("$label", label), ("$secret", key.Secret), ("$now", now));
        Note(database, "key.add", account, ("key", key.Id), ("label", label));
        return key;
    }

    private void Note(Database database, string act, string subject, params IReadOnlyList<(string Name, string Value)> details)
    {
        if (database.Number("SELECT count(*) FROM admin_acts") >= _settings.MaxActs)
            throw new AccountStoreException(
                ErrorCode.TooMany,
                $"{_settings.MaxActs} changes wait for the audit log (actornet.accounts.max-waiting-acts). Start the server: it takes them over.");
        var now = Now();
        database.Execute("UPDATE accounts SET changed = $now WHERE name = $subject", ("$now", now), ("$subject", subject));
        database.Execute(
            "INSERT INTO admin_acts (at, done_by, act, subject, details) VALUES ($now, $by, $act, $subject, $details)",
            ("$now", now), ("$by", by), ("$act", act), ("$subject", subject),
            ("$details", AccountTables.TextOf(details.Select(detail => KeyValuePair.Create(detail.Name, detail.Value)))));
    }

    private static void RequireAccount(Database database, string name)
    {
        if (!Exists(database, name))
            throw new AccountStoreException(ErrorCode.NotFound, $"There is no account {name}; actorserver user list shows all of them.");
    }

    private static bool Exists(Database database, string name) =>
        database.Number("SELECT count(*) FROM accounts WHERE name = $name", ("$name", name)) > 0;

    private static void RequireRoom(Database database, string count, string account, int limit, string what, string key)
    {
        if (database.Number(count, ("$name", account)) >= limit)
            throw new AccountStoreException(
                ErrorCode.TooMany,
                $"There are {limit.ToString(CultureInfo.InvariantCulture)} {what}, and no more are allowed (actornet.accounts.{key}). Remove one first.");
    }

    private static (string, object?)[] PasswordParameters(ScramCredential? password) =>
    [
        ("$salt", password?.Salt), ("$iterations", password?.Iterations), ("$stored", password?.StoredKey), ("$server", password?.ServerKey),
    ];

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
