using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

/// <summary>
/// What a command of <c>user</c> or <c>key</c> works with: the store of the data directory that the configuration names, whether or not a node
/// runs on it.
/// </summary>
internal sealed class AdminSession
{
    private AdminSession(ServerSettings settings, AccountStore store, ServerConsole console)
    {
        (Settings, Store, Console) = (settings, store, console);
        Editor = new AccountEditor(store, OperatingSystemUser, TimeProvider.System);
    }

    /// <summary>Who runs this program, as the audit log names them.</summary>
    public static string OperatingSystemUser => $"os:{(Environment.UserName is { Length: > 0 } name ? name : "unknown")}";

    public ServerSettings Settings { get; }

    public AccountStore Store { get; }

    public AccountEditor Editor { get; }

    public ServerConsole Console { get; }

    /// <summary>Opens the store, does <paramref name="act"/> and says what went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(ConfigSources sources, ServerConsole console, StoreUse use, Action<AdminSession> act)
    {
        if (CheckCommand.Load(sources, console) is not var (_, settings)) return ExitCode.Usage;
        try
        {
            var isNew = !AccountStore.IsIn(settings.Data.FullPath);
            if (isNew && use == StoreUse.Existing)
                throw AdminException.Failed(
                    $"There are no accounts in {settings.Data.FullPath}; name the data directory of the node with --data DIR.");
            var directory = DataDirectory.Prepare(settings.Data.Directory);
            using var store = AccountStore.Open(directory, settings.Accounts);
            act(new AdminSession(settings, store, console));
            if (isNew)
                console.Say($"No node has run on {directory} yet: it begins with this account. If yours is elsewhere, name it with --data DIR.");
            return ExitCode.Stopped;
        }
        catch (AdminException e)
        {
            console.Complain(e.Message);
            return e.ExitCode;
        }
        catch (AccountStoreException e)
        {
            console.Complain(e.Message);
            return e.Code == ErrorCode.Invalid ? ExitCode.Usage : ExitCode.Failed;
        }
        catch (StartFailedException e)
        {
            console.Complain(e.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>The name of an account, as it is stored.</summary>
    public static AccountName NameOf(string text) => AccountName.TryPrepare(text, out var name, out var problem)
        ? name
        : throw AdminException.Usage(problem);

    /// <summary>The account with this name.</summary>
    public Account Find(AccountName name) =>
        Store.Load().Find(name.Value)
        ?? throw AdminException.Failed($"There is no account {name}; actorserver user list shows all of them.");

    /// <summary>Refuses a role that the configuration does not have: it would give nothing, and look as if it did.</summary>
    public void RequireRole(string role)
    {
        if (!Settings.Access.Has(role))
            throw AdminException.Usage(
                $"There is no role '{role}' in actornet.access.roles; there are: {string.Join(", ", Settings.Access.Roles)}.");
    }

    /// <summary>The new password from its origin, as it is kept; said to the person if it was made here.</summary>
    /// <returns>What to store, and what to show once it is stored.</returns>
    public (ScramCredential? Credential, string? Shown) NewPassword(PasswordOrigin origin, AccountName account)
    {
        var text = PasswordSource.Read(origin, account.Value, Console);
        return (text is null ? null : PasswordRules.Derive(text, Settings.Accounts), origin == PasswordOrigin.Generated ? text : null);
    }
}
