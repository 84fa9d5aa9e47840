namespace ActorNet.Server.Settings;

/// <summary>How the node stops: <c>actornet.shutdown</c>.</summary>
/// <param name="DrainTimeout">How long connections may finish what is in progress.</param>
public sealed record ShutdownSettings(TimeSpan DrainTimeout)
{
    /// <summary>Reads <c>actornet.shutdown</c>.</summary>
    public static ShutdownSettings From(SettingsReader settings) =>
        new(settings.Duration("drain-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)));
}
