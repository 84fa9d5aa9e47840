using System.Globalization;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Audit;

/// <summary>A time as a person writes it.</summary>
internal static class QueryTime
{
    /// <summary>
    /// Reads <c>2026-01-31</c>, <c>2026-01-31T12:00:00Z</c> (UTC unless it says otherwise), or <c>2h</c>: two hours before
    /// <paramref name="now"/>. Null when it is none, and for null.
    /// </summary>
    public static DateTimeOffset? Parse(string? text, DateTimeOffset now)
    {
        if (text is null) return null;
        if (SettingUnits.TryTicks(text, out var ago)) return ago <= now.UtcTicks ? now - TimeSpan.FromTicks(ago) : null;
        // Anything looser would take "3" for a day of this month.
        return text.Length >= "2026-01-31".Length && text[4] == '-' && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }
}
