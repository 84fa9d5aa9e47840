using System.Globalization;
using ActorNet.Protocol;

namespace ActorNet.Server.Listening;

/// <summary>Counts refusals that were not logged one by one. Bounded: reasons are a closed list. Not thread-safe.</summary>
internal sealed class RefusalTally
{
    private readonly Dictionary<(ErrorCode Code, string Reason), long> _counts = [];

    /// <summary>How many were counted.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>Counts one.</summary>
    public void Add(Refusal refusal) =>
        _counts[(refusal.Code, refusal.Reason)] = _counts.GetValueOrDefault((refusal.Code, refusal.Reason)) + 1;

    /// <summary>What was counted, the most first: <c>12 too-many (early-drop), 3 rate-limited (penalties)</c>.</summary>
    public override string ToString() => string.Join(", ", _counts
        .OrderByDescending(count => count.Value)
        .ThenBy(count => count.Key.Reason, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key.Code.ToWire()} ({count.Key.Reason})")));

    /// <summary>Starts again.</summary>
    public void Clear() => _counts.Clear();
}
