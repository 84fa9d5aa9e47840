using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Util.Internal;
using Microsoft.Extensions.Configuration;

namespace Akka.Hosting.Configuration;

public static class ConfigurationHoconAdapter
{
    /// <summary>
    /// The host's configuration as HOCON: keys in lower case, "_" as "-", a dot in a key as a level of its own (and with it
    /// the "__" of an environment variable, which the host makes ":"), children 0, 1, 2 … as a list, True and False as on
    /// and off. A section keeps its own key.
    /// </summary>
    public static Config ToHocon(this IConfiguration config)
    {
        var root = new HoconObject();
        foreach (var section in config is IConfigurationSection own ? [own] : config.GetChildren())
            Add(section, root);

        var value = new HoconValue();
        value.AppendValue(root);
        return new Config(new HoconRoot(value));
    }

    private static void Add(IConfigurationSection section, HoconObject parent)
    {
        var key = section.Key.ToLowerInvariant().Replace('_', '-');
        var path = key.SplitDottedPathHonouringQuotes().ToArray();
        foreach (var step in path[..^1]) parent = ObjectIn(parent.GetOrCreateKey(step));
        Fill(parent.GetOrCreateKey(path[^1]), section);
    }

    private static void Fill(HoconValue value, IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();
        if (children.Length > 0 && Array.TrueForAll(children, child => IndexOf(child) >= 0))
            value.NewValue(ListOf(children));
        else if (section.Value is not null || children.Length == 0)
            value.NewValue(new HoconLiteral { Value = Literal(section.Value) });
        else
            foreach (var child in children)
                Add(child, ObjectIn(value));
    }

    // "a.b" and "a:c" arrive as two sections and meet in one object.
    private static HoconObject ObjectIn(HoconValue value)
    {
        if (!value.IsObject()) value.NewValue(new HoconObject());
        return value.GetObject();
    }

    private static HoconArray ListOf(IEnumerable<IConfigurationSection> children)
    {
        var list = new HoconArray();
        foreach (var child in children.OrderBy(IndexOf))
        {
            var item = new HoconValue();
            Fill(item, child);
            list.Add(item);
        }

        return list;
    }

    private static int IndexOf(IConfigurationSection section) =>
        int.TryParse(section.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private static string? Literal(string? value) => value switch
    {
        "True" => "on",
        "False" => "off",
        _ => value,
    };
}
