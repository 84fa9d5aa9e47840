using System.Collections.Immutable;

namespace ActorNet.Server.Access;

/// <summary>Rights that go together, read once.</summary>
internal sealed record Role(ImmutableArray<RightPattern> Allow, ImmutableArray<RightPattern> Deny)
{
    /// <exception cref="FormatException">A pattern that cannot be read.</exception>
    public static Role Parse(IEnumerable<string> allow, IEnumerable<string> deny) =>
        new([.. allow.Select(RightPattern.Parse)], [.. deny.Select(RightPattern.Parse)]);
}
