using System.Collections.Immutable;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Access;

/// <summary>What the roles of accounts give: <c>actornet.access</c>.</summary>
public sealed class AccessSettings : IEquatable<AccessSettings>
{
    private readonly ImmutableSortedDictionary<string, Role> _roles;

    private AccessSettings(ImmutableSortedDictionary<string, Role> roles) => _roles = roles;

    /// <summary>The roles there are, by name.</summary>
    public IEnumerable<string> Roles => _roles.Keys;

    /// <summary>Reads <c>actornet.access</c>.</summary>
    public static AccessSettings From(SettingsReader settings) => new(settings.Section("roles").NamedSections().ToImmutableSortedDictionary(
        role => role.Name, role => new Role(Patterns(role.Settings, "allow"), Patterns(role.Settings, "deny")), StringComparer.Ordinal));

    /// <summary>Whether there is a role of this name; one that is not gives nothing.</summary>
    public bool Has(string role) => _roles.ContainsKey(role);

    /// <summary>The rights of an account that has these roles: what any of them allows and none denies.</summary>
    public Rights Resolve(IEnumerable<string> roles) => new([.. roles.Where(Has).Select(role => _roles[role])]);

    /// <inheritdoc />
    public bool Equals(AccessSettings? other) =>
        other is not null && Roles.SequenceEqual(other.Roles) && Roles.All(role => Resolve([role]).Equals(other.Resolve([role])));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as AccessSettings);

    /// <inheritdoc />
    public override int GetHashCode() => _roles.Count;

    private static ImmutableArray<RightPattern> Patterns(SettingsReader role, string key)
    {
        var patterns = ImmutableArray.CreateBuilder<RightPattern>();
        foreach (var text in role.Texts(key))
        {
            try
            {
                patterns.Add(RightPattern.Parse(text));
            }
            catch (FormatException problem)
            {
                role.Fail(key, $"has a right that cannot be read: {problem.Message}");
            }
        }

        return patterns.ToImmutable();
    }
}
