using System.Collections;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Hosting;

/// <summary><c>actorserver check</c>: every error at once, or what the configuration comes to.</summary>
internal static class CheckCommand
{
    /// <summary>Checks and prints; returns the exit code.</summary>
    public static int Run(ConfigSources sources, ServerConsole console)
    {
        if (Load(sources, console) is not var (config, _)) return ExitCode.Usage;
        console.Out.Write(EffectiveConfig.Print(config));
        return ExitCode.Stopped;
    }

    /// <summary>Loads and validates the configuration; null after having complained of all that is wrong.</summary>
    public static (LayeredConfig Config, ServerSettings Settings)? Load(ConfigSources sources, ServerConsole console)
    {
        try
        {
            var config = ConfigLoader.Load(sources, EnvironmentVariables());
            try
            {
                return (config, ServerSettings.From(config.Effective));
            }
            catch (InvalidSettingsException e)
            {
                throw new InvalidSettingsException([.. e.Errors.Select(config.Locate)]);
            }
        }
        catch (InvalidSettingsException e)
        {
            foreach (var error in e.Errors) console.Complain(error);
            return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> EnvironmentVariables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
}
