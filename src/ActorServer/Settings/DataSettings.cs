namespace ActorNet.Server.Settings;

/// <summary>Where the node keeps what it knows: <c>actornet.data</c>.</summary>
/// <param name="Directory">The directory, as it was written; relative to the current directory.</param>
public sealed record DataSettings(string Directory)
{
    /// <summary>The absolute path.</summary>
    public string FullPath => Path.GetFullPath(Directory, Environment.CurrentDirectory);

    /// <summary>Reads <c>actornet.data</c>.</summary>
    public static DataSettings From(SettingsReader settings) => new(settings.Text("directory"));
}
