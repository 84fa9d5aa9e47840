using System.Collections.Immutable;

namespace ActorNet.Server.Access;

/// <summary>What one account may do: patterns that allow and patterns that deny. Deny wins; what nothing allows is denied. Immutable.</summary>
public sealed class Rights : IEquatable<Rights>
{
    /// <summary>Nothing.</summary>
    public static readonly Rights None = new([], []);

    /// <summary>Everything.</summary>
    public static readonly Rights All = new(["*"], []);

    private readonly ImmutableArray<RightPattern> _allow;
    private readonly ImmutableArray<RightPattern> _deny;

    /// <summary>Rights by their patterns, as in the configuration.</summary>
    /// <exception cref="FormatException">A pattern that cannot be read.</exception>
    public Rights(IEnumerable<string> allow, IEnumerable<string> deny) : this(Role.Parse(allow, deny))
    {
    }

    /// <summary>The rights of somebody who has these roles, all of them at once.</summary>
    internal Rights(params IReadOnlyList<Role> roles) =>
        (_allow, _deny) = (Sorted(roles.SelectMany(role => role.Allow)), Sorted(roles.SelectMany(role => role.Deny)));

    /// <summary>What is allowed, as written; sorted, each once.</summary>
    public IReadOnlyList<string> Allow => [.. _allow.Select(pattern => pattern.Text)];

    /// <summary>What is denied, as written; sorted, each once.</summary>
    public IReadOnlyList<string> Deny => [.. _deny.Select(pattern => pattern.Text)];

    /// <summary>Whether <paramref name="verb"/> on <paramref name="scope"/> is allowed; a verb without scopes takes "".</summary>
    public bool Allows(Verb verb, string scope = "")
    {
        // "/usr/bin/../../tmp/x" is below /usr/bin for who reads it, and not for who runs it; which program "bin/x" is, the directory
        // tells that the client names. What its name does not tell is allowed by nothing narrower than all programs, and denied by
        // every denial.
        if (verb == Verb.ExecRun && IsRoundabout(scope))
            return _allow.Any(pattern => pattern.CoversAll(verb)) && !_deny.Any(pattern => pattern.Names(verb));
        return _allow.Any(pattern => pattern.Covers(verb, scope)) && !_deny.Any(pattern => pattern.Covers(verb, scope));
    }

    /// <summary>Whether <paramref name="demand"/> is allowed.</summary>
    public bool Allows(Demand demand) => Allows(demand.Verb, demand.Scope);

    /// <summary>Whether there may be a scope for which <paramref name="verb"/> is allowed.</summary>
    public bool AllowsAny(Verb verb) =>
        !_deny.Any(pattern => pattern.CoversAll(verb))
        && _allow.Any(pattern => pattern.Names(verb) && (pattern.Literal is not { } scope || Allows(verb, scope)));

    /// <inheritdoc />
    public bool Equals(Rights? other) => other is not null && Allow.SequenceEqual(other.Allow) && Deny.SequenceEqual(other.Deny);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Rights);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_allow.Length, _deny.Length);

    private static ImmutableArray<RightPattern> Sorted(IEnumerable<RightPattern> patterns) =>
        [.. patterns.DistinctBy(pattern => pattern.Text).OrderBy(pattern => pattern.Text, StringComparer.Ordinal)];

    private static bool IsRoundabout(string program) =>
        program.Split('/') is { Length: > 1 } names
        && (names[0] is not "" || names.Skip(1).Any(name => name is "" or "." or ".."));
}
