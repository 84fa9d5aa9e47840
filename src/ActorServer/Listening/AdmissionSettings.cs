using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>How many connections the node takes, and from whom: <c>actornet.admission</c>.</summary>
/// <param name="MaxConnections">Connections in all.</param>
/// <param name="MaxBeforeLogin">Connections that have not logged in.</param>
/// <param name="MaxPerSource">Connections of one source.</param>
/// <param name="NewPerSource">New connections of one source within <paramref name="SourceWindow"/>.</param>
/// <param name="SourceWindow">The time in which new connections are counted.</param>
/// <param name="MaxSources">Sources without a connection that are remembered, and sources with a penalty.</param>
/// <param name="MaxRefusals">Refusals that the node is saying at once; beyond it a connection is reset without a word.</param>
/// <param name="MaxHandshakes">TLS handshakes that compute at once.</param>
/// <param name="Ipv6Prefix">Bits of an IPv6 address that make a source.</param>
/// <param name="EarlyDrop">When newcomers are turned away by lot.</param>
/// <param name="Penalties">What misbehaving costs a source.</param>
/// <param name="Exempt">Networks to which only the first two limits apply.</param>
public sealed record AdmissionSettings(
    int MaxConnections,
    int MaxBeforeLogin,
    int MaxPerSource,
    int NewPerSource,
    TimeSpan SourceWindow,
    int MaxSources,
    int MaxRefusals,
    int MaxHandshakes,
    int Ipv6Prefix,
    EarlyDropSettings EarlyDrop,
    PenaltySettings Penalties,
    NetworkList Exempt)
{
    /// <summary>Reads <c>actornet.admission</c>.</summary>
    public static AdmissionSettings From(SettingsReader settings) => new(
        settings.Number("max-connections", 1, 1_000_000),
        settings.Number("max-before-login", 1, 1_000_000),
        settings.Number("max-per-source", 1, 1_000_000),
        settings.Number("new-per-source", 1, 1_000_000),
        settings.Duration("source-window", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        settings.Number("max-sources", 16, 10_000_000),
        settings.Number("max-refusals", 0, 10_000),
        settings.Number("max-handshakes", 1, 1000),
        settings.Number("ipv6-prefix", 16, 128),
        EarlyDropSettings.From(settings),
        PenaltySettings.From(settings.Section("penalties")),
        NetworkList.From(settings, "exempt"));
}
