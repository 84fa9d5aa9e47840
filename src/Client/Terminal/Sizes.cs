using System.Globalization;

namespace ActorNet.Client.Terminal;

/// <summary>Numbers of bytes for people: <c>999 B</c>, <c>1.5 KiB</c>, <c>23.0 MiB</c>.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Of(long bytes)
    {
        double value = bytes;
        var unit = 0;
        // 1023.95 would print as 1024.0
        while (value >= (unit == 0 ? 1024 : 1023.95) && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }
}
