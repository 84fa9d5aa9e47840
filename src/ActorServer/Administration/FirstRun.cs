using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

/// <summary>
/// The account that a node makes when it has none: without it nobody could log in, and with a password that is known it would be everybody's.
/// </summary>
internal static class FirstRun
{
    /// <summary>The account.</summary>
    public const string Admin = "admin";

    /// <summary>Its role.</summary>
    public const string AdminRole = "admin";

    /// <summary>The label of the key that the profile on the same machine holds.</summary>
    public const string LocalKey = "local";

    /// <summary>Makes the account if the store has none at all.</summary>
    /// <returns>Its password, which is known to nobody else; null if there was an account.</returns>
    /// <exception cref="AccountStoreException">The store cannot be used.</exception>
    public static string? MakeAdmin(AccountStore store)
    {
        // Before the expensive hash; the store looks again while it holds the lock.
        if (store.Load().Accounts.Count > 0) return null;
        var password = PasswordRules.Generate();
        var credential = PasswordRules.Derive(password, store.Settings);
        var editor = new AccountEditor(store, AdminSession.OperatingSystemUser, TimeProvider.System);
        return editor.TryAddFirst(AdminSession.NameOf(Admin), [AdminRole], credential, LocalKey) ? password : null;
    }

    /// <summary>The key for the profile on the same machine; null once it was revoked, or the account disabled or deleted.</summary>
    public static byte[]? LocalKeyOf(AccountBook book) => book.Find(Admin) is { IsEnabled: true } admin
        ? admin.Keys.FirstOrDefault(key => key.Label == LocalKey)?.Secret
        : null;
}
