using ActorNet.Server.Connections;
using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>All settings of the node: <c>actornet</c>. Read once, at start.</summary>
public sealed record ServerSettings(
    NodeSettings Node,
    DataSettings Data,
    LoggingSettings Logging,
    ShutdownSettings Shutdown,
    ProfileSettings Profile,
    ChannelSettings Channels)
{
    /// <summary>Reads every section.</summary>
    /// <exception cref="InvalidSettingsException">With everything that is wrong, unknown keys included.</exception>
    public static ServerSettings From(Config config)
    {
        var reader = new SettingsReader(config, "actornet");
        var settings = Read(reader);
        string[] errors = [.. reader.Errors, .. UnknownKeys.Find(config, reader.Known)];
        return errors.Length > 0 ? throw new InvalidSettingsException(errors) : settings;
    }

    /// <summary>Reads every section, whatever is wrong; <see cref="SettingsReader.Errors"/> says it.</summary>
    internal static ServerSettings Read(SettingsReader reader) => new(
        NodeSettings.From(reader.Section("node")),
        DataSettings.From(reader.Section("data")),
        LoggingSettings.From(reader.Section("logging")),
        ShutdownSettings.From(reader.Section("shutdown")),
        ProfileSettings.From(reader.Section("profile")),
        ChannelSettings.From(reader.Section("channels")));
}
