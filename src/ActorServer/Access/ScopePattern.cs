using System.Text;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Access;

/// <summary>
/// The part of a right after the colon. <c>*</c> stands for any characters and <c>?</c> for one, both never for '/'; <c>**</c>, alone
/// between slashes, for any number of folders, so that <c>/pub/**</c> is <c>/pub</c> and all below it.
/// </summary>
internal sealed class ScopePattern
{
    private const string Deep = "**";

    private readonly string _text;
    private readonly Segment[] _segments;

    private ScopePattern(string text, Segment[] segments) => (_text, _segments) = (text, segments);

    /// <summary>The one scope it matches; null if it has wildcards.</summary>
    public string? Literal => HasWildcards(_text) ? null : _text;

    /// <summary>Reads a pattern for scopes of <paramref name="kind"/>; null if it matches all of them.</summary>
    /// <exception cref="FormatException">With the rest of a sentence that begins with the pattern.</exception>
    public static ScopePattern? Parse(ScopeKind kind, string text)
    {
        if (kind == ScopeKind.None) throw new FormatException("has a scope, and there is none for this right.");
        if (text.Length == 0) throw new FormatException("ends with ':'; leave that away, or write a scope after it.");
        if (text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar))
            throw new FormatException("has a character that no name has.");
        if (kind is ScopeKind.Room) text = text.Normalize();
        if (kind is ScopeKind.Account) text = AccountText(text);

        var segments = Split(text);
        if (Problem(kind, segments) is { } problem) throw new FormatException(problem);
        return IsEverything(kind, text) ? null : new ScopePattern(text, [.. segments.Select(Segment.Of)]);
    }

    /// <summary>Whether it matches a scope.</summary>
    public bool Matches(string scope) => Wildcard.Matches<Segment, string>(
        _segments, Split(scope), static segment => segment.IsDeep, static (segment, name) => segment.Matches(name));

    // "/" is one empty name, "/a" an empty one and "a": so the root is no entry of itself.
    private static string[] Split(string scope) => scope == "/" ? [""] : scope.Split('/');

    // A name as it is stored, whatever way it was written; of one with wildcards there is no more to be known than its case.
    private static string AccountText(string text)
    {
        if (HasWildcards(text)) return text.ToLowerInvariant().Replace('ς', 'σ').Normalize();
        return AccountName.TryPrepare(text, out var name, out var problem)
            ? name.Value
            : throw new FormatException($"names no account that there can be: {problem}");
    }

    private static bool HasWildcards(string text) => text.AsSpan().ContainsAny('*', '?');

    private static bool IsEverything(ScopeKind kind, string text) => kind switch
    {
        ScopeKind.Path => text == "/**",
        ScopeKind.Program => text == Deep,
        _ => text is "*" or Deep,
    };

    private static string? Problem(ScopeKind kind, string[] names)
    {
        if (names.Any(name => name != Deep && name.Contains(Deep, StringComparison.Ordinal)))
            return "has '**' beside other characters; it stands alone, or between slashes.";
        return kind switch
        {
            ScopeKind.Room or ScopeKind.Account when names.Length > 1 => "has a '/', which no such name has.",
            ScopeKind.Path when names[0].Length > 0 => "has a path that does not begin with '/'.",
            ScopeKind.Program when names.Length > 1 && names[0] is not ("" or Deep) =>
                "has a program with a '/' that does not begin with one; which it is depends on the directory that the client names.",
            ScopeKind.Path or ScopeKind.Program when names.Skip(1).Any(name => name is "" or "." or "..") =>
                "has an empty name, '.' or '..' in its path; no path that is asked for has.",
            _ => null,
        };
    }

    private sealed class Segment
    {
        private static readonly Rune Any = new('*');
        private static readonly Rune One = new('?');
        private readonly Rune[] _runes;

        private Segment(string text) => (_runes, IsDeep) = ([.. text.EnumerateRunes()], text == Deep);

        public bool IsDeep { get; }

        public static Segment Of(string text) => new(text);

        public bool Matches(string name) => Wildcard.Matches<Rune, Rune>(
            _runes, [.. name.EnumerateRunes()], static rune => rune == Any, static (rune, other) => rune == One || rune == other);
    }
}
