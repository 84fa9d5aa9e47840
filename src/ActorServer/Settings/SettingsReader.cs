using System.Globalization;
using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>
/// Reads settings out of HOCON and remembers two things: what was wrong, with the full key path, and which keys were
/// read. So that all errors are reported at once, and a key that nobody reads is an error too. A failed read returns a
/// harmless value: the caller asks <see cref="Errors"/> before it uses any.
/// </summary>
public sealed class SettingsReader
{
    private readonly Config _config;
    private readonly string _path;
    private readonly List<string> _errors;
    private readonly HashSet<string> _failed;
    private readonly HashSet<string> _known;

    /// <summary>A reader for everything below <paramref name="path"/>.</summary>
    public SettingsReader(Config config, string path) : this(config, path, [], [], [])
    {
    }

    private SettingsReader(
        Config config, string path, List<string> errors, HashSet<string> failed, HashSet<string> known) =>
        (_config, _path, _errors, _failed, _known) = (config, path, errors, failed, known);

    /// <summary>What was wrong, one sentence each, starting with the key.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Full paths of the keys that were read.</summary>
    public IReadOnlySet<string> Known => _known;

    /// <summary>A reader for the section <paramref name="key"/>, which adds to the same errors.</summary>
    public SettingsReader Section(string key) => new(_config, PathOf(key), _errors, _failed, _known);

    /// <summary>Names of what is directly below this section, in their order.</summary>
    public IReadOnlyList<string> SectionNames()
    {
        if (!_config.HasPath(_path)) return [];
        var value = _config.GetValue(_path);
        return value.IsObject() ? [.. value.GetObject().Items.Keys] : [];
    }

    /// <summary>
    /// The sections directly below this one, which somebody gave their names. A name that is not kebab case is an
    /// error.
    /// </summary>
    public IEnumerable<(string Name, SettingsReader Settings)> NamedSections()
    {
        foreach (var name in SectionNames())
        {
            _known.Add(PathOf(name));
            if (!IsName(name))
                Fail(name, "has a name that cannot be used: it takes a to z, 0 to 9 and '-', and starts with a letter.");
            else if (!_config.GetValue(PathOf(name)).IsObject())
                Fail(name, "is a value; it takes a section in braces.");
            else
                yield return (name, Section(name));
        }
    }

    /// <summary>A text that is not empty.</summary>
    public string Text(string key)
    {
        var text = Raw(key);
        if (text is { Length: 0 }) Fail(key, "is empty.");
        return text ?? "";
    }

    /// <summary>A text that may be empty, which means what the key's comment says.</summary>
    public string OptionalText(string key) => Raw(key) ?? "";

    /// <summary>A whole number.</summary>
    public int Number(string key, int min, int max) =>
        (int)Ranged(key, Raw(key), TryWhole, min, max, "a whole number", n => n.ToString(CultureInfo.InvariantCulture));

    /// <summary>A size in bytes, written with a unit: <c>64KiB</c>.</summary>
    public long Bytes(string key, long min, long max) =>
        Ranged(key, Raw(key), SettingUnits.TryBytes, min, max, "a size such as 64KiB or 1MiB", SettingUnits.FormatBytes);

    /// <summary>A size in bytes that fits an int.</summary>
    public int IntBytes(string key, int min, int max) => (int)Bytes(key, min, max);

    /// <summary>A duration, written with a unit: <c>30s</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max) => TimeSpan.FromTicks(Ranged(
        key, Raw(key), SettingUnits.TryTicks, min.Ticks, max.Ticks, "a duration such as 500ms, 30s, 5m, 1h or 1d",
        t => SettingUnits.FormatDuration(TimeSpan.FromTicks(t))));

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public bool Flag(string key)
    {
        var text = Raw(key);
        if (text is not (null or "on" or "off" or "true" or "false"))
            Fail(key, $"is '{text}'; it takes on or off.");
        return text is "on" or "true";
    }

    /// <summary>One of a closed list of words.</summary>
    public string Choice(string key, params IReadOnlyList<string> words)
    {
        var text = Raw(key);
        if (text is not null && !words.Contains(text))
            Fail(key, $"is '{text}'; it takes one of {string.Join(", ", words)}.");
        return text ?? "";
    }

    /// <summary>A list of texts, possibly empty.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!Touch(key)) return [];
        var value = _config.GetValue(PathOf(key));
        var items = value.GetArray();
        if (HoconText.IsList(value) && items.All(item => item.IsString()))
            return [.. items.Select(item => item.GetString())];
        Fail(key, "is not a list of texts: write [\"a\", \"b\"].");
        return [];
    }

    /// <summary>
    /// Notes an error about <paramref name="key"/>; <paramref name="problem"/> continues the sentence. Only the first of
    /// a key counts: what follows is about the value that stands in for the one that was not read.
    /// </summary>
    public void Fail(string key, string problem)
    {
        if (_failed.Add(PathOf(key))) _errors.Add($"{PathOf(key)} {problem}");
    }

    private string PathOf(string key) => $"{_path}.{key}";

    private bool Touch(string key)
    {
        _known.Add(PathOf(key));
        if (_config.HasPath(PathOf(key))) return true;
        Fail(key, "is missing.");
        return false;
    }

    private string? Raw(string key)
    {
        if (!Touch(key)) return null;
        var value = _config.GetValue(PathOf(key));
        var text = value.IsString() ? value.GetString() : null;
        if (text is null) Fail(key, value.IsString() ? "is null; it takes a value." : "is not a single value.");
        return text;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool TryWhole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private delegate bool TryRead(string text, out long value);

    private long Ranged(string key, string? text, TryRead tryRead, long min, long max, string form, Func<long, string> format)
    {
        if (text is null) return min;
        if (!tryRead(text, out var value))
            Fail(key, $"is '{text}'; it takes {form}.");
        else if (value < min || value > max)
            Fail(key, $"is {text}; it takes {format(min)} to {format(max)}.");
        else
            return value;
        return min;
    }
}
