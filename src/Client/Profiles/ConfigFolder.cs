namespace ActorNet.Client.Profiles;

/// <summary>
/// <c>$XDG_CONFIG_HOME/actornet</c> (<c>~/.config</c> when that is not set): profiles, known_hosts, devices.
/// </summary>
internal static class ConfigFolder
{
    /// <summary>Its path.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static string Of(Func<string, string?> environment)
    {
        // The XDG rules: a relative path is to be ignored.
        var config = environment("XDG_CONFIG_HOME");
        if (string.IsNullOrEmpty(config) || !Path.IsPathFullyQualified(config))
            config = Path.Combine(Home(environment), ".config");
        return Path.Combine(config, "actornet");
    }

    private static string Home(Func<string, string?> environment) => environment("HOME") is { Length: > 0 } home
        ? home
        : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
