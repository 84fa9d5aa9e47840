using ActorNet.Protocol.Auth;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Storage;

/// <summary>How accounts are kept, and how many: <c>actornet.accounts</c>.</summary>
/// <param name="Iterations">Rounds of PBKDF2-HMAC-SHA-256 for a password that is set from now on.</param>
/// <param name="MinPasswordLength">Fewest characters of a password that is set from now on.</param>
/// <param name="MaxAccounts">Accounts in all.</param>
/// <param name="MaxRoles">Roles of one account.</param>
/// <param name="MaxKeys">Machine keys of one account.</param>
/// <param name="MaxActs">Acts that may wait for the audit log of a running node.</param>
/// <param name="PollInterval">How often a running node looks for changes.</param>
/// <param name="BusyTimeout">How long to wait for another process that is writing.</param>
public sealed record AccountStoreSettings(
    int Iterations, int MinPasswordLength, int MaxAccounts, int MaxRoles, int MaxKeys, int MaxActs, TimeSpan PollInterval, TimeSpan BusyTimeout)
{
    /// <summary>Fewest iterations a password may be stored with.</summary>
    public const int LeastIterations = 100_000;

    /// <summary>Reads <c>actornet.accounts</c>.</summary>
    public static AccountStoreSettings From(SettingsReader settings) => new(
        settings.Section("password").Number("iterations", LeastIterations, ScramMechanism.MaxIterations),
        settings.Section("password").Number("min-length", 8, 64),
        settings.Number("max-accounts", 1, 1_000_000),
        settings.Number("max-roles-per-account", 1, 64),
        settings.Number("max-keys-per-account", 1, 8),
        settings.Number("max-waiting-acts", 100, 1_000_000),
        settings.Duration("poll-interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
        settings.Duration("busy-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
}
