using System.Text;
using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>Settings from outside a file: the environment, and <c>--set key=value</c>.</summary>
internal static class ConfigOverrides
{
    private const string EnvironmentPrefix = "ACTORNET__";

    // A command line stands in the process list for everyone to read.
    private static readonly string[] SecretWords = ["password", "passphrase", "secret", "token"];

    /// <summary>
    /// <c>ACTORNET__CHANNELS__MAX_PER_CONNECTION=5</c> is <c>actornet.channels.max-per-connection = 5</c>.
    /// </summary>
    public static ConfigLayer FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var settings = variables
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => ($"environment {variable.Key}", KeyOf(variable.Key), variable.Value));
        return new ConfigLayer("environment", Parse(settings));
    }

    /// <summary>Reads <c>key=value</c>, each once per <c>--set</c>; the last one for a key wins.</summary>
    public static ConfigLayer FromCommandLine(IEnumerable<string> assignments)
    {
        var errors = new List<string>();
        var settings = new List<(string, string, string)>();
        foreach (var assignment in assignments)
        {
            var parts = assignment.Split('=', 2);
            if (parts.Length < 2)
                errors.Add($"--set {assignment}: takes key=value, as in --set actornet.node.name=north.");
            else if (IsSecret(parts[0]))
                errors.Add($"--set {parts[0]}: a secret never goes on the command line, where every user of the machine can read it; "
                    + "put it into a file or the environment.");
            else
                settings.Add(($"--set {parts[0].Trim()}", parts[0].Trim(), parts[1]));
        }

        if (errors.Count > 0) throw new InvalidSettingsException(errors);
        return new ConfigLayer("command line", Parse(settings));
    }

    /// <summary>Whether the last word of <paramref name="key"/> says that its value is a secret.</summary>
    public static bool IsSecret(string key) =>
        SecretWords.Any(word => key.Split('.')[^1].Split('-').Contains(word, StringComparer.Ordinal));

    /// <summary>A text as HOCON, in quotes.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    private static string KeyOf(string variable) =>
        variable.Replace("__", ".", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant();

    private static Config Parse(IEnumerable<(string Source, string Key, string Value)> settings)
    {
        var errors = new List<string>();
        var config = Config.Empty;
        foreach (var (source, key, value) in settings)
        {
            if (!IsKey(key))
            {
                errors.Add($"{source}: '{key}' is no key; one looks like actornet.node.name.");
                continue;
            }

            // A list is HOCON as it stands; all else is one text, so that 127.0.0.1:7400 needs no quotes within quotes.
            var hocon = value.TrimStart().StartsWith('[') ? value : Quote(value.Trim());
            try
            {
                var setting = HoconText.Parse(source, $"{key} = {hocon}");
                config = config.IsEmpty ? setting : setting.WithFallback(config);
            }
            catch (InvalidSettingsException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors.Count > 0 ? throw new InvalidSettingsException(errors) : config;
    }

    private static bool IsKey(string key) =>
        (key.StartsWith("actornet.", StringComparison.Ordinal) || key.StartsWith("akka.", StringComparison.Ordinal))
        && key.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
