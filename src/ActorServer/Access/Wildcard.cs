namespace ActorNet.Server.Access;

/// <summary>
/// Matching with wildcards over any kind of elements: the characters of a name, the names of a path. Goes back to the last "any" only,
/// which is enough, so that the time is at most the product of both lengths whatever the pattern.
/// </summary>
internal static class Wildcard
{
    /// <summary>Whether <paramref name="pattern"/> matches the whole of <paramref name="text"/>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">What it is held against.</param>
    /// <param name="isAny">Whether an element of the pattern stands for any number of elements, none included.</param>
    /// <param name="fits">Whether any other element of the pattern stands for this one.</param>
    public static bool Matches<TPattern, TText>(
        ReadOnlySpan<TPattern> pattern, ReadOnlySpan<TText> text, Func<TPattern, bool> isAny, Func<TPattern, TText, bool> fits)
    {
        var (p, t, afterAny, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && isAny(pattern[p]))
            {
                afterAny = ++p;
                resume = t;
            }
            else if (p < pattern.Length && fits(pattern[p], text[t]))
            {
                p++;
                t++;
            }
            else if (afterAny >= 0)
            {
                p = afterAny;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && isAny(pattern[p])) p++;
        return p == pattern.Length;
    }
}
