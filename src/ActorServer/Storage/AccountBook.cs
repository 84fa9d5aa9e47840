using System.Collections.Frozen;

namespace ActorNet.Server.Storage;

/// <summary>All accounts as they were at one moment. Immutable.</summary>
/// <param name="Secret">
/// 32 random bytes that the store was made with: decoys for unknown accounts and device tokens are derived from it, so that they stay the
/// same over restarts.
/// </param>
/// <param name="Accounts">The accounts, by their prepared name.</param>
public sealed record AccountBook(byte[] Secret, FrozenDictionary<string, Account> Accounts)
{
    /// <summary>The account with this prepared name, or null.</summary>
    public Account? Find(string name) => Accounts.GetValueOrDefault(name);
}

/// <summary>Store to accounts: the store has changed, by whichever process; this holds from now on.</summary>
public sealed record AccountsChanged(AccountBook Book);

/// <summary>Accounts to store, by the event stream: they were restarted and know nobody; answered by <see cref="AccountsChanged"/>.</summary>
public sealed record AccountsLost
{
    /// <summary>The only instance.</summary>
    public static readonly AccountsLost Instance = new();
}
