namespace ActorNet.Server.Settings;

/// <summary>
/// The profile by which a client on this machine finds the node and its key: <c>actornet.profile</c>.
/// </summary>
/// <param name="Write">Whether one is written at start.</param>
/// <param name="Directory">Where; empty for the user's configuration directory.</param>
public sealed record ProfileSettings(bool Write, string Directory)
{
    /// <summary>Reads <c>actornet.profile</c>.</summary>
    public static ProfileSettings From(SettingsReader settings) =>
        new(settings.Flag("write"), settings.OptionalText("directory"));
}
