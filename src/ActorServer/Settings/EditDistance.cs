namespace ActorNet.Server.Settings;

/// <summary>How many letters two words differ in (Levenshtein, 1965).</summary>
internal static class EditDistance
{
    /// <summary>
    /// Letters to insert, remove or replace to make <paramref name="right"/> of <paramref name="left"/>.
    /// </summary>
    public static int Between(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
