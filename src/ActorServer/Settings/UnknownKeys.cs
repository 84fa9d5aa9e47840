using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorNet.Server.Settings;

/// <summary>
/// Keys that are set and that nobody reads: misspelt ones. Akka's reader would take the default for them without a
/// word.
/// </summary>
internal static class UnknownKeys
{
    private const string Own = "actornet";

    /// <summary>An error for each key that is not in <paramref name="known"/>.</summary>
    public static IEnumerable<string> Find(Config config, IReadOnlySet<string> known)
    {
        foreach (var name in config.Root.GetObject().Items.Keys.Where(name => name is not (Own or "akka")))
            yield return $"{name} is an unknown key{Suggestion(name, [Own, "akka"])} All settings are below actornet or akka.";

        // What a listener may have, the defaults may have.
        known = known.Concat(known.Select(ListenerDefaults.KeyFor).OfType<string>()).ToHashSet();
        foreach (var path in Leaves(config.GetValue(Own), Own).Where(path => !IsKnown(path, known) && !IsOfDefaults(config, path)))
            yield return $"{path} is an unknown key{Suggestion(path, known)}";
    }

    /// <summary>
    /// Full paths of everything below <paramref name="value"/> that is not a section, or an empty one.
    /// </summary>
    public static IEnumerable<string> Leaves(HoconValue? value, string path)
    {
        if (value is null) return [];
        if (!value.IsObject() || value.GetObject().Items.Count == 0) return [path];
        return value.GetObject().Items.SelectMany(item => Leaves(item.Value, $"{path}.{item.Key}"));
    }

    // A listener has it from there, where it is said once.
    private static bool IsOfDefaults(Config config, string path) => ListenerDefaults.KeyFor(path) is { } key && config.HasPath(key);

    // Sections named so are dispatchers: Akka reads them.
    private static bool IsKnown(string path, IReadOnlySet<string> known) =>
        known.Contains(path)
        || known.Any(key => key.StartsWith(path + '.', StringComparison.Ordinal))
        || path.Split('.')[1].EndsWith("-dispatcher", StringComparison.Ordinal);

    private static string Suggestion(string path, IEnumerable<string> known)
    {
        var (nearest, distance) = known
            .Select(key => (Key: key, Distance: EditDistance.Between(path, key)))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Key, StringComparer.Ordinal)
            .FirstOrDefault((Key: "", Distance: int.MaxValue));
        // Further away than a third of what was written, it would be a guess at another thing.
        return distance <= Math.Max(2, path.Split('.')[^1].Length / 2) ? $"; did you mean {nearest}?" : ".";
    }
}
