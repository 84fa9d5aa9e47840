using System.Globalization;

namespace ActorNet.Client.Terminal;

/// <summary>
/// Durations as people write and read them: <c>500ms</c>, <c>30s</c>, <c>1.5m</c>, <c>2h</c>; a bare number is seconds.
/// </summary>
internal static class Durations
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600),
        ("", 1)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var (suffix, seconds) = Units.First(u => text.EndsWith(u.Suffix, StringComparison.Ordinal));
        if (!double.TryParse(
            text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var n))
            return false;
        if (n * seconds is not (>= 0.001 and <= 365 * 86400.0)) return false;
        duration = TimeSpan.FromSeconds(n * seconds);
        return true;
    }

    public static string Of(TimeSpan duration) => FormattableString.Invariant(duration switch
    {
        { TotalMilliseconds: < 10 } => (FormattableString)$"{duration.TotalMilliseconds:0.00} ms",
        { TotalSeconds: < 1 } => $"{duration.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => $"{duration.TotalSeconds:0.0} s",
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds:00} s",
        _ => $"{(long)duration.TotalHours} h {duration.Minutes:00} min",
    });
}
