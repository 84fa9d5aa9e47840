using ActorNet.Server.Settings;

namespace ActorNet.Server.Administration;

/// <summary>The roles that the configuration defines.</summary>
internal static class KnownRoles
{
    /// <summary>Their names, in no order. The one of the first account is always among them.</summary>
    public static IReadOnlyCollection<string> Of(LayeredConfig config) =>
        new SettingsReader(config.Effective, "actornet.access.roles").SectionNames().Append(FirstRun.AdminRole).ToHashSet(StringComparer.Ordinal);
}
