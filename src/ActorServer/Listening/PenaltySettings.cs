using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>What misbehaving costs a source: <c>actornet.admission.penalties</c>.</summary>
/// <param name="FailedLogin">For <see cref="Fault.FailedLogin"/>.</param>
/// <param name="NoLogin">For <see cref="Fault.NoLogin"/>.</param>
/// <param name="LoginTimeout">For <see cref="Fault.LoginTimeout"/>.</param>
/// <param name="Violation">For <see cref="Fault.Violation"/>.</param>
/// <param name="Min">A source that owes more than this is refused until nothing is left.</param>
/// <param name="Max">The most a source can owe.</param>
public sealed record PenaltySettings(
    TimeSpan FailedLogin, TimeSpan NoLogin, TimeSpan LoginTimeout, TimeSpan Violation, TimeSpan Min, TimeSpan Max)
{
    /// <summary>Reads <c>actornet.admission.penalties</c>.</summary>
    public static PenaltySettings From(SettingsReader settings)
    {
        var read = new PenaltySettings(
            Cost("failed-login"),
            Cost("no-login"),
            Cost("login-timeout"),
            Cost("violation"),
            settings.Duration("min", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            settings.Duration("max", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
        if (read.Max <= read.Min)
            settings.Fail("max", $"is {SettingUnits.FormatDuration(read.Max)}; it takes more than min, or nobody would ever be refused.");
        return read;

        TimeSpan Cost(string key) => settings.Duration(key, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    /// <summary>What <paramref name="fault"/> costs.</summary>
    public TimeSpan Of(Fault fault) => fault switch
    {
        Fault.FailedLogin => FailedLogin,
        Fault.NoLogin => NoLogin,
        Fault.LoginTimeout => LoginTimeout,
        Fault.Violation => Violation,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "there is no such fault"),
    };
}
