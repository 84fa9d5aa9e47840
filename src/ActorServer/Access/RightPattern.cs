using System.Collections.Immutable;

namespace ActorNet.Server.Access;

/// <summary>
/// One right as it is written: <c>verb</c> or <c>verb:scope</c>, where the verb may be <c>chat.*</c>, all of a service, or <c>*</c>,
/// everything. Without a scope it is for every scope.
/// </summary>
internal sealed class RightPattern
{
    private readonly ImmutableArray<Verb> _verbs;
    private readonly ScopePattern? _scope;

    private RightPattern(string text, ImmutableArray<Verb> verbs, ScopePattern? scope) =>
        (Text, _verbs, _scope) = (text, verbs, scope);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The one scope it is for; null if it is for several.</summary>
    public string? Literal => _scope?.Literal;

    /// <summary>Reads a right.</summary>
    /// <exception cref="FormatException">With a sentence that says what is wrong.</exception>
    public static RightPattern Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var verbs = Verbs.Named(name);
        if (verbs.IsEmpty)
            throw new FormatException(
                $"'{text}' is no right; it takes *, a verb such as {string.Join(", ", Verbs.All.Select(verb => verb.ToWire()))}, or "
                + "all of a service such as chat.*");
        if (colon < 0) return new RightPattern(text, verbs, null);
        try
        {
            var kinds = verbs.Select(verb => verb.Scopes()).Distinct().ToArray();
            return new RightPattern(text, verbs, ScopePattern.Parse(kinds.Length == 1 ? kinds[0] : ScopeKind.None, text[(colon + 1)..]));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"'{text}' {problem.Message}", problem);
        }
    }

    /// <summary>Whether it is about <paramref name="verb"/> with some scope.</summary>
    public bool Names(Verb verb) => _verbs.Contains(verb);

    /// <summary>Whether it is about <paramref name="verb"/> with every scope.</summary>
    public bool CoversAll(Verb verb) => _scope is null && Names(verb);

    /// <summary>Whether it is about <paramref name="verb"/> with this scope.</summary>
    public bool Covers(Verb verb, string scope) => Names(verb) && (_scope is null || _scope.Matches(scope));
}
