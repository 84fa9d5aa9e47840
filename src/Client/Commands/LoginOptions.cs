using ActorNet.Client.Profiles;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Commands;

/// <summary>
/// What a command line says of server and login, made whole: the profile of the server, unless the line names another
/// account or a password file; then a password.
/// </summary>
internal sealed class LoginOptions(CommandIo io, GlobalOptions globals, System.CommandLine.ParseResult parsed)
{
    /// <summary>Options for a command: what is there already is used, a password is asked for only if it must be.</summary>
    public async Task<ClientOptions> FindAsync(CancellationToken cancellation)
    {
        var (server, file) = (globals.Server(parsed), globals.Profile(parsed));
        var (account, passwordFile) = (globals.Account(parsed), globals.PasswordFile(parsed));
        var profile = io.Profiles.TryFind(server, file);
        if (profile is null && (account is null || file is not null)) throw io.Profiles.Missing(server, file);
        if (profile is not null && passwordFile is null && (account is null || IsSame(account, profile.Account)))
            return Complete(ClientOptions.From(profile));
        return await ByPasswordAsync(
            server ?? profile?.Server ?? io.Profiles.Current, account ?? profile!.Account, cancellation);
    }

    /// <summary>Options for a login by password, whatever profile is there.</summary>
    public async Task<ClientOptions> AskAsync(CancellationToken cancellation)
    {
        var (server, file) = (globals.Server(parsed), globals.Profile(parsed));
        server ??= file is null ? io.Profiles.Current : io.Profiles.Find(null, file).Server;
        return await ByPasswordAsync(server, globals.Account(parsed) ?? await AskAccountAsync(server, cancellation), cancellation);
    }

    private async Task<string> AskAccountAsync(ServerAddress server, CancellationToken cancellation)
    {
        var prompt = io.Prompt ?? throw new ProfileException("say who logs in: --account NAME");
        return await prompt.AskAsync($"Account at {server}: ", Typing.Shown, cancellation) is { Length: > 0 } account
            ? account.Trim()
            : throw new ProfileException("nobody to log in: no account was named");
    }

    private async Task<ClientOptions> ByPasswordAsync(ServerAddress server, string account, CancellationToken cancellation)
    {
        var file = globals.PasswordFile(parsed);
        var options = Complete(new ClientOptions { Server = server, Account = account });
        if (io.Prompt is { } prompt && Passwords.IsAsked(io, file))
            options = await FirstContact.IdentifyAsync(prompt, options, cancellation);
        return options with { Credentials = await Passwords.ReadAsync(io, file, account, server, cancellation) };
    }

    private ClientOptions Complete(ClientOptions options) => options with
    {
        KnownHosts = Trust.KnownHosts.Of(io.Environment),
        Fingerprint = globals.Fingerprint(parsed),
        Device = AccountName.TryPrepare(options.Account, out var account, out var problem)
            ? io.Devices.Find(options.Server, account)
            : throw new ProfileException($"'{options.Account}' is not the name of an account: {problem}"),
    };

    private static bool IsSame(string one, string other) =>
        AccountName.TryPrepare(one, out var a, out _) && AccountName.TryPrepare(other, out var b, out _) && a == b;
}
