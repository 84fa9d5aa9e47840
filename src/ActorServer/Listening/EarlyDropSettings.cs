using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>
/// From when on newcomers are turned away by lot, after OpenSSH's MaxStartups: <c>early-drop-start</c> and <c>early-drop-rate</c> of
/// <c>actornet.admission</c>.
/// </summary>
/// <param name="Start">Connections before the login at which it begins.</param>
/// <param name="Rate">Newcomers that are turned away there, in percent.</param>
public sealed record EarlyDropSettings(int Start, int Rate)
{
    /// <summary>Reads them out of <c>actornet.admission</c>.</summary>
    public static EarlyDropSettings From(SettingsReader settings) =>
        new(settings.Number("early-drop-start", 1, 1_000_000), settings.Number("early-drop-rate", 0, 100));

    /// <summary>
    /// The chance, 0 to 1, that a newcomer is turned away while <paramref name="beforeLogin"/> connections have not logged in: nothing
    /// below the start, there the rate, from there in a straight line to 1 at <paramref name="full"/>.
    /// </summary>
    public double Chance(int beforeLogin, int full)
    {
        if (beforeLogin >= full) return 1;
        if (beforeLogin < Start) return 0;
        return (Rate + ((100.0 - Rate) * (beforeLogin - Start) / (full - Start))) / 100;
    }
}
