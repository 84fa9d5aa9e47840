using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>All sources of settings, over each other. The lowest is the reference, which names every key.</summary>
public sealed class LayeredConfig
{
    private readonly IReadOnlyList<ConfigLayer> _topmostFirst;

    /// <summary>Lays <paramref name="layers"/>, lowest first, over each other.</summary>
    public LayeredConfig(IReadOnlyList<ConfigLayer> layers)
    {
        // Two empty ones are the same object to Akka, and it refuses to lay that over itself.
        _topmostFirst = [.. layers.Where(layer => !layer.Config.IsEmpty).Reverse()];
        Effective = ListenerDefaults.LayUnder(
            _topmostFirst.Select(layer => layer.Config).Aggregate((upper, lower) => upper.WithFallback(lower)));
    }

    /// <summary>What holds.</summary>
    public Config Effective { get; }

    /// <summary>
    /// The name of the layer that says what holds for <paramref name="path"/>, and the key there where it is another; null when it is the
    /// reference or none.
    /// </summary>
    public string? OverriddenBy(string path)
    {
        if (NamedBy(path) is { } layer) return IsReference(layer) ? null : layer.Name;
        return ListenerDefaults.KeyFor(path) is { } key && NamedBy(key) is { } other && !IsReference(other) ? $"{key} of {other.Name}" : null;
    }

    /// <summary>Adds to an error that starts with a key where the key was set.</summary>
    public string Locate(string error)
    {
        var source = OverriddenBy(error.Split(' ', 2)[0]);
        return source is null ? error : $"{error} [{source}]";
    }

    private ConfigLayer? NamedBy(string path) => _topmostFirst.FirstOrDefault(layer => layer.Config.HasPath(path));

    private bool IsReference(ConfigLayer layer) => ReferenceEquals(layer, _topmostFirst[^1]);
}
