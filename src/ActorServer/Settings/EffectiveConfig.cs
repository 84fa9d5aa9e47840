using System.Text;
using ActorNet.Server.Diagnostics;
using Akka.Configuration.Hocon;

namespace ActorNet.Server.Settings;

/// <summary>
/// Prints what holds as HOCON that can be read again. Secrets are left out; what is not from the reference says its
/// source.
/// </summary>
internal static class EffectiveConfig
{
    /// <summary>The whole configuration.</summary>
    public static string Print(LayeredConfig config)
    {
        var text = new StringBuilder();
        PrintItems(text, config.Effective.Root.GetObject(), "", 0, config);
        return text.ToString();
    }

    private static void PrintItems(StringBuilder text, HoconObject section, string path, int depth, LayeredConfig config)
    {
        var indent = new string(' ', 2 * depth);
        foreach (var (name, value) in section.Items.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            var key = path.Length == 0 ? name : $"{path}.{name}";
            if (value.IsObject())
            {
                text.Append(indent).Append(KeyText(name)).Append(" {\n");
                PrintItems(text, value.GetObject(), key, depth + 1, config);
                text.Append(indent).Append("}\n");
                continue;
            }

            text.Append(indent).Append(KeyText(name)).Append(" = ").Append(ValueText(key, value));
            if (config.OverriddenBy(key) is { } source) text.Append("  # ").Append(SafeText.OneLine(source));
            text.Append('\n');
        }
    }

    private static string ValueText(string key, HoconValue value)
    {
        if (ConfigOverrides.IsSecret(key)) return "\"\"  # a secret, not shown";
        if (!HoconText.IsList(value)) return Scalar(value);
        return $"[{string.Join(", ", value.GetArray().Select(Scalar))}]";
    }

    // Null is what the reader makes of the unquoted word; a text never reads so.
    private static string Scalar(HoconValue value)
    {
        var text = value.GetString();
        return text is null ? "null" : IsPlain(text) ? text : ConfigOverrides.Quote(text);
    }

    private static string KeyText(string name) => IsPlain(name) ? name : ConfigOverrides.Quote(name);

    private static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && text is not "include";
}
