namespace ActorNet.Bench;

/// <summary>The middle of several measurements: on a shared machine the one that says most.</summary>
internal static class Medians
{
    public static double Of<T>(IEnumerable<T> results, Func<T, double> value)
    {
        var sorted = results.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
