using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>How many connections a listener takes: <c>actornet.admission</c>.</summary>
/// <param name="MaxConnections">Connections in all.</param>
/// <param name="MaxBeforeLogin">Connections that have not logged in.</param>
/// <param name="MaxPerSource">Connections of one source; loopback is exempt.</param>
/// <param name="NewPerSource">New connections of one source within <paramref name="SourceWindow"/>; loopback is exempt.</param>
/// <param name="SourceWindow">The time in which new connections are counted.</param>
/// <param name="MaxSources">Sources that are remembered; while there are more, unknown ones are refused.</param>
/// <param name="MaxRefusals">Refusals that are being said at once; beyond it a connection is reset without a word.</param>
public sealed record AdmissionSettings(
    int MaxConnections, int MaxBeforeLogin, int MaxPerSource, int NewPerSource, TimeSpan SourceWindow, int MaxSources, int MaxRefusals)
{
    /// <summary>Reads <c>actornet.admission</c>.</summary>
    public static AdmissionSettings From(SettingsReader settings) => new(
        settings.Number("max-connections", 1, 1_000_000),
        settings.Number("max-before-login", 1, 1_000_000),
        settings.Number("max-per-source", 1, 1_000_000),
        settings.Number("new-per-source", 1, 1_000_000),
        settings.Duration("source-window", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        settings.Number("max-sources", 16, 10_000_000),
        settings.Number("max-refusals", 0, 10_000));
}
