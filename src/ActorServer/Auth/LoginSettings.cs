using ActorNet.Protocol.Auth;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Auth;

/// <summary>How clients log in, and how guessing is slowed down: <c>actornet.login</c>.</summary>
/// <param name="Mechanisms">Offered, the strongest first; -PLUS only where there is something to bind to.</param>
/// <param name="FreeFailures">Failed logins by password of one account, or of one known device of it, before there is a delay.</param>
/// <param name="FirstDelay">The first delay; doubles with every further failure.</param>
/// <param name="MaxDelay">The longest delay.</param>
/// <param name="ForgetAfter">How long after the last failure all of them are forgotten.</param>
/// <param name="MaxThrottledAccounts">Names, and apart from them devices, whose failures are remembered.</param>
public sealed record LoginSettings(
    IReadOnlyList<string> Mechanisms,
    int FreeFailures,
    TimeSpan FirstDelay,
    TimeSpan MaxDelay,
    TimeSpan ForgetAfter,
    int MaxThrottledAccounts)
{
    private static readonly string[] AllMechanisms =
        [ScramMechanism.Plus, HmacLogin.PlusMechanism, ScramMechanism.Plain, HmacLogin.Mechanism];

    /// <summary>Reads <c>actornet.login</c>.</summary>
    public static LoginSettings From(SettingsReader settings)
    {
        var read = new LoginSettings(
            ReadMechanisms(settings),
            settings.Number("free-failures", 1, 1000),
            settings.Duration("first-delay", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            settings.Duration("max-delay", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            settings.Duration("forget-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
            settings.Number("max-throttled-accounts", 16, 10_000_000));
        if (read.MaxDelay < read.FirstDelay) settings.Fail("max-delay", "is less than first-delay.");
        if (read.ForgetAfter < 2 * read.MaxDelay)
            settings.Fail("forget-after", "is less than twice max-delay; waiting would be quicker than the delay.");
        return read;
    }

    private static IReadOnlyList<string> ReadMechanisms(SettingsReader settings)
    {
        const string key = "mechanisms";
        var names = settings.Texts(key);
        if (names.Count == 0)
            settings.Fail(key, "is empty: nobody could log in.");
        else if (names.FirstOrDefault(name => !AllMechanisms.Contains(name)) is { } unknown)
            settings.Fail(key, $"has '{unknown}'; it takes {string.Join(", ", AllMechanisms)}.");
        else if (names.Distinct().Count() < names.Count)
            settings.Fail(key, "names one of them twice.");
        return names;
    }
}
