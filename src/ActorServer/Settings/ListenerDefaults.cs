using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorNet.Server.Settings;

/// <summary>
/// <c>actornet.listener-defaults</c>: what holds for a key that a listener does not name, so that one needs to say only what is its own.
/// </summary>
internal static class ListenerDefaults
{
    private const string Defaults = "actornet.listener-defaults";
    private const string Listeners = "actornet.listeners";

    /// <summary><paramref name="config"/>, and below each of its listeners the defaults.</summary>
    public static Config LayUnder(Config config)
    {
        var sections = NamesIn(config);
        if (sections.Count == 0 || !config.HasPath(Defaults) || !config.GetValue(Defaults).IsObject()) return config;
        var listeners = new HoconObject();
        foreach (var name in sections) listeners.GetOrCreateKey(name).AppendValue(config.GetValue(Defaults).GetObject());
        var root = new HoconValue();
        root.AppendValue(Within("actornet", Within("listeners", listeners)));
        return config.WithFallback(new Config(new HoconRoot(root)));
    }

    /// <summary>
    /// The key of the defaults that holds for the key <paramref name="path"/> of a listener, unless the listener has its own; null: it is of
    /// no listener.
    /// </summary>
    public static string? KeyFor(string path)
    {
        if (!path.StartsWith($"{Listeners}.", StringComparison.Ordinal)) return null;
        var key = path.IndexOf('.', Listeners.Length + 1);
        return key < 0 ? null : Defaults + path[key..];
    }

    private static List<string> NamesIn(Config config)
    {
        if (!config.HasPath(Listeners) || !config.GetValue(Listeners).IsObject()) return [];
        return [.. config.GetValue(Listeners).GetObject().Items.Where(item => item.Value.IsObject()).Select(item => item.Key)];
    }

    private static HoconObject Within(string key, HoconObject content)
    {
        var section = new HoconObject();
        section.GetOrCreateKey(key).AppendValue(content);
        return section;
    }
}
