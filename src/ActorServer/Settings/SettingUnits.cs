using System.Globalization;

namespace ActorNet.Server.Settings;

/// <summary>
/// Numbers with units as settings write them. A bare number is refused: nobody should have to guess its unit.
/// </summary>
public static class SettingUnits
{
    private static readonly (string Unit, long Factor)[] ByteUnits =
        [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    private static readonly (string Unit, long Factor)[] TimeUnits =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads <c>64KiB</c>.</summary>
    public static bool TryBytes(string text, out long bytes) => TryRead(text, ByteUnits, out bytes);

    /// <summary>Reads <c>30s</c> as ticks.</summary>
    public static bool TryTicks(string text, out long ticks) => TryRead(text, TimeUnits, out ticks);

    /// <summary>Writes bytes with the largest unit that divides them.</summary>
    public static string FormatBytes(long bytes) => Format(bytes, ByteUnits);

    /// <summary>Writes a duration with the largest unit that divides it.</summary>
    public static string FormatDuration(TimeSpan duration) => Format(duration.Ticks, [.. TimeUnits.Reverse()]);

    private static bool TryRead(string text, (string Unit, long Factor)[] units, out long value)
    {
        value = 0;
        text = text.Trim();
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = text[digits..].Trim();
        var factor = units.FirstOrDefault(u => u.Unit == unit).Factor;
        if (factor == 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        if (number > long.MaxValue / factor) return false;
        value = number * factor;
        return true;
    }

    private static string Format(long value, (string Unit, long Factor)[] units)
    {
        var (unit, factor) = units.FirstOrDefault(u => value % u.Factor == 0 && value >= u.Factor, units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{value / factor}{unit}");
    }
}
