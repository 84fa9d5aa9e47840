namespace ActorNet.Server.Access;

/// <summary>What one account may do: patterns that allow and patterns that deny. Deny wins; what nothing allows is denied. Immutable.</summary>
public sealed class Rights : IEquatable<Rights>
{
    /// <summary>Nothing.</summary>
    public static readonly Rights None = new([], []);

    /// <summary>Everything.</summary>
    public static readonly Rights All = new(["*"], []);

    /// <summary>Rights by their patterns, as in the configuration.</summary>
    /// <exception cref="FormatException">A pattern that cannot be read.</exception>
    public Rights(IEnumerable<string> allow, IEnumerable<string> deny) => (Allow, Deny) = ([.. allow], [.. deny]);

    /// <summary>What is allowed, as written; sorted, each once.</summary>
    public IReadOnlyList<string> Allow { get; }

    /// <summary>What is denied, as written; sorted, each once.</summary>
    public IReadOnlyList<string> Deny { get; }

    /// <summary>Whether <paramref name="verb"/> on <paramref name="scope"/> is allowed; a verb without scopes takes "".</summary>
    public bool Allows(Verb verb, string scope = "") => Allow.Contains("*");

    /// <summary>Whether there may be a scope for which <paramref name="verb"/> is allowed.</summary>
    public bool AllowsAny(Verb verb) => Allow.Contains("*");

    /// <inheritdoc />
    public bool Equals(Rights? other) => other is not null && Allow.SequenceEqual(other.Allow) && Deny.SequenceEqual(other.Deny);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Rights);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Allow.Count, Deny.Count);
}
