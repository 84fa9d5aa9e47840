namespace ActorNet.Server.Settings;

/// <summary>Where settings are to come from, above the reference.</summary>
/// <param name="Files">HOCON files, the later over the earlier.</param>
/// <param name="DataDirectory"><c>--data</c>, or null.</param>
/// <param name="Assignments"><c>--set key=value</c>, over everything else.</param>
public sealed record ConfigSources(IReadOnlyList<string> Files, string? DataDirectory, IReadOnlyList<string> Assignments)
{
    /// <summary>Nothing but the reference.</summary>
    public static readonly ConfigSources None = new([], null, []);
}

/// <summary>
/// Loads the layers of the configuration: reference, files in their order, environment, command line.
/// </summary>
public static class ConfigLoader
{
    /// <summary>The reference configuration, which lies beside the program.</summary>
    public static string ReferenceFile => Path.Combine(AppContext.BaseDirectory, "hocon", "actornet.hocon");

    /// <summary>Loads all layers.</summary>
    /// <exception cref="InvalidSettingsException">With the errors of all layers.</exception>
    public static LayeredConfig Load(ConfigSources sources, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var errors = new List<string>();
        var layers = new List<ConfigLayer>();
        Add(() => FromFile(ReferenceFile));
        foreach (var file in sources.Files) Add(() => FromFile(file));
        Add(() => ConfigOverrides.FromEnvironment(environment));
        Add(() => ConfigOverrides.FromCommandLine(sources.Assignments));
        if (sources.DataDirectory is { } data)
            Add(() => new ConfigLayer("--data", HoconText.Parse("--data", $"actornet.data.directory = {ConfigOverrides.Quote(data)}")));
        return errors.Count > 0 ? throw new InvalidSettingsException(errors) : new LayeredConfig(layers);

        void Add(Func<ConfigLayer> load)
        {
            try
            {
                layers.Add(load());
            }
            catch (InvalidSettingsException e)
            {
                errors.AddRange(e.Errors);
            }
        }
    }

    private static ConfigLayer FromFile(string file)
    {
        try
        {
            return new ConfigLayer(file, HoconText.Parse(file, File.ReadAllText(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingsException([$"{file}: cannot be read: {Reason(e, file)}"]);
        }
    }

    private static string Reason(Exception e, string file) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        _ when Directory.Exists(file) => "it is a directory.",
        UnauthorizedAccessException => "permission denied.",
        _ => e.Message,
    };
}
