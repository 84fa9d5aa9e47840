using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Profiles;

/// <summary>
/// Where profiles are found: a named file, else the file in <c>ACTORNET_PROFILE</c>, else by server in
/// <c>$XDG_CONFIG_HOME/actornet/profiles</c> (<c>~/.config</c> when that is not set): <c>HOST_PORT.login.json</c>, which
/// <c>actornet login</c> writes and <c>actornet logout</c> deletes, else <c>HOST_PORT.json</c>, which the server's first
/// run writes.
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
public sealed class ProfileStore(Func<string, string?> environment)
{
    /// <summary>The variable that names a profile file.</summary>
    public const string Variable = "ACTORNET_PROFILE";

    /// <summary>The store of this process's environment.</summary>
    public static ProfileStore FromEnvironment { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The folder of the profiles found by server.</summary>
    public string Folder => Path.Combine(ConfigFolder.Of(environment), "profiles");

    /// <summary>
    /// The server of the last <c>actornet login</c>, where commands go that name none; the local one when there was none.
    /// </summary>
    /// <exception cref="ProfileException">The file that names it cannot be used.</exception>
    public ServerAddress Current
    {
        get
        {
            try
            {
                if (PrivateFile.Read(CurrentPath, 1024) is not { } content) return ServerAddress.Local;
                var text = System.Text.Encoding.UTF8.GetString(content);
                return ServerAddress.TryParse(text, out var server)
                    ? server
                    : throw new ProfileException($"{CurrentPath} names no server; run actornet login again, or delete it");
            }
            catch (IOException e) when (e is not ActorNetException)
            {
                throw new ProfileException($"cannot read which server to use: {e.Message}", e);
            }
        }
    }

    private string CurrentPath => Path.Combine(ConfigFolder.Of(environment), "current");

    /// <summary>
    /// The file of a server: <c>127.0.0.1_7400.json</c>; the colons of an IPv6 address become underscores.
    /// </summary>
    public string PathOf(ServerAddress server) => Path.Combine(Folder, NameOf(server) + ".json");

    /// <summary>The file of a login by password at a server: <c>node.example_7443.login.json</c>.</summary>
    public string LoginPathOf(ServerAddress server) => Path.Combine(Folder, NameOf(server) + ".login.json");

    /// <summary>The profile to use.</summary>
    /// <param name="server">The server asked for; null for the one the profile names, or <see cref="Current"/>.</param>
    /// <param name="file">A profile file asked for, or null.</param>
    /// <returns>The profile; its server is <paramref name="server"/> when that was given.</returns>
    /// <exception cref="ProfileException">None was found, or it cannot be used.</exception>
    public Profile Find(ServerAddress? server, string? file) => TryFind(server, file) ?? throw Missing(server, file);

    /// <summary>The profile to use, or null when there is no such file.</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    internal Profile? TryFind(ServerAddress? server, string? file)
    {
        var path = Named(file) ?? ByServer(server ?? Current);
        if (!File.Exists(path)) return null;
        var profile = ProfileFile.Read(path);
        return server is null ? profile : profile with { Server = server };
    }

    internal ProfileException Missing(ServerAddress? server, string? file)
    {
        var asked = server ?? Current;
        var path = Named(file) ?? PathOf(asked);
        var origin = file is null && Named(null) is not null ? $" (named by {Variable})" : "";
        return new ProfileException(
            $"no profile for {asked}: there is no file {path}{origin}; log in with a password: actornet login. "
            + "Or use the key that the server writes on its first run for the user who starts it: "
            + "copy that file here from the server's machine (chmod 600), or name another with --profile FILE");
    }

    /// <summary>Keeps what a login by password left, and makes its server the <see cref="Current"/> one.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="ProfileException">It cannot be written.</exception>
    internal string SaveLogin(ServerAddress server, string account, ScramKeys keys)
    {
        var path = LoginPathOf(server);
        ProfileFile.Write(path, server, account, keys);
        try
        {
            PrivateFile.Write(CurrentPath, $"{server}\n");
        }
        catch (IOException e)
        {
            throw new ProfileException($"cannot write {CurrentPath}: {e.Message}", e);
        }

        return path;
    }

    /// <summary>Deletes what <see cref="SaveLogin"/> kept of a server, never a key.</summary>
    /// <returns>The file, or null when there was none.</returns>
    /// <exception cref="ProfileException">It cannot be deleted.</exception>
    internal string? DeleteLogin(ServerAddress server)
    {
        var path = LoginPathOf(server);
        var existed = File.Exists(path);
        try
        {
            if (existed) File.Delete(path);
            if (File.Exists(CurrentPath) && Current.HostAndPort == server.HostAndPort) File.Delete(CurrentPath);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not ActorNetException))
        {
            throw new ProfileException($"cannot delete {path}: {e.Message}", e);
        }

        return existed ? path : null;
    }

    private static string NameOf(ServerAddress server) => $"{server.Host.Replace(':', '_')}_{server.Port}";

    private string? Named(string? file) => file ?? NullIfEmpty(environment(Variable));

    private string ByServer(ServerAddress server) => LoginPathOf(server) is var login && File.Exists(login)
        ? login
        : PathOf(server);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
