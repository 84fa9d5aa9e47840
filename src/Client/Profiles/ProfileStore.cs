namespace ActorNet.Client.Profiles;

/// <summary>
/// Where profiles are found: a named file, else the file in <c>ACTORNET_PROFILE</c>, else
/// <c>$XDG_CONFIG_HOME/actornet/profiles/HOST_PORT.json</c> (<c>~/.config</c> when that is not set).
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
public sealed class ProfileStore(Func<string, string?> environment)
{
    /// <summary>The variable that names a profile file.</summary>
    public const string Variable = "ACTORNET_PROFILE";

    /// <summary>The store of this process's environment.</summary>
    public static ProfileStore FromEnvironment { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The folder of the profiles found by server.</summary>
    public string Folder
    {
        get
        {
            // The XDG rules: a relative path is to be ignored.
            var config = environment("XDG_CONFIG_HOME");
            if (string.IsNullOrEmpty(config) || !Path.IsPathFullyQualified(config))
                config = Path.Combine(Home, ".config");
            return Path.Combine(config, "actornet", "profiles");
        }
    }

    private string Home => environment("HOME") is { Length: > 0 } home
        ? home
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>
    /// The file of a server: <c>127.0.0.1_7400.json</c>; the colons of an IPv6 address become underscores.
    /// </summary>
    public string PathOf(ServerAddress server) =>
        Path.Combine(Folder, $"{server.Host.Replace(':', '_')}_{server.Port}.json");

    /// <summary>The profile to use.</summary>
    /// <param name="server">The server asked for; null for the one the profile names, or the local one.</param>
    /// <param name="file">A profile file asked for, or null.</param>
    /// <returns>The profile; its server is <paramref name="server"/> when that was given.</returns>
    /// <exception cref="ProfileException">None was found, or it cannot be used.</exception>
    public Profile Find(ServerAddress? server, string? file)
    {
        var named = file ?? NullIfEmpty(environment(Variable));
        var path = named ?? PathOf(server ?? ServerAddress.Local);
        if (!File.Exists(path))
            throw new ProfileException(Missing(path, server ?? ServerAddress.Local, file is null ? named : null));
        var profile = ProfileFile.Read(path);
        return server is null ? profile : profile with { Server = server };
    }

    private static string Missing(string path, ServerAddress server, string? fromVariable)
    {
        var origin = fromVariable is null ? "" : $" (named by {Variable})";
        return $"no profile for {server}: there is no file {path}{origin}; " +
            "the server writes one on its first run for the user who starts it. " +
            "Copy that file here from the server's machine (chmod 600), or name another with --profile FILE";
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
