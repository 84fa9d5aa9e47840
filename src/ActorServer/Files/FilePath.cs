using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Text;

namespace ActorNet.Server.Files;

/// <summary>
/// A path below the root that passed the name rules: components that mean themselves and nothing else.
/// </summary>
public sealed class FilePath
{
    /// <summary>Folder in the root that holds uploads until they are whole. No path leads into it.</summary>
    public const string PartialFolder = ".actornet-partial";

    /// <summary>Largest name the file systems in use take, in bytes of UTF-8.</summary>
    public const int LargestName = 255;

    private FilePath(ImmutableArray<string> components) => Components = components;

    /// <summary>Names from the root down; none is the root itself.</summary>
    public ImmutableArray<string> Components { get; }

    /// <summary>Whether this is the root.</summary>
    public bool IsRoot => Components.IsEmpty;

    /// <summary>The last component.</summary>
    public string Name => Components[^1];

    /// <summary>The folder of the last component.</summary>
    public FilePath Folder => new(Components[..^1]);

    /// <summary>Components with <c>/</c> between them; equal texts are equal paths.</summary>
    public override string ToString() => string.Join('/', Components);

    /// <summary>Reads what the client wrote; one leading <c>/</c> is dropped, and nothing at all is the root.</summary>
    /// <exception cref="FileFaultException">
    /// <see cref="ErrorCode.Invalid"/>, with the rule that was broken and by which component.
    /// </exception>
    public static FilePath Parse(string text, FileSettings settings)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > settings.MaxPath)
            throw Invalid($"has {bytes} bytes; the limit is {settings.MaxPath} (actornet.files.max-path)");
        var relative = text.StartsWith('/') ? text[1..] : text;
        if (relative is "") return new FilePath([]);

        var components = relative.Split('/');
        for (var i = 0; i < components.Length; i++)
        {
            if (BrokenRule(components[i]) is { } rule) throw Invalid($"{rule} in component {i + 1}");
            var length = Encoding.UTF8.GetByteCount(components[i]);
            if (length > settings.MaxName)
                throw Invalid(
                    $"has {length} bytes in component {i + 1}; "
                    + $"the limit is {settings.MaxName} (actornet.files.max-name)");
        }

        if (components[0] == PartialFolder)
            throw Invalid($"starts with {PartialFolder}, which is the node's own folder");
        return new FilePath([.. components]);
    }

    /// <summary>Whether a path can lead to an entry of this name.</summary>
    public static bool IsName(string name) => BrokenRule(name) is null;

    /// <summary>A name that no path can lead to, fit for a list: what the rules refuse shows as U+FFFD.</summary>
    public static string Shown(string name)
    {
        var shown = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var refused = HarmfulText.IsHarmful(rune.Value) || rune.Value == '\\';
            shown.Append((refused ? Rune.ReplacementChar : rune).ToString());
        }

        return shown.ToString();
    }

    private static string? BrokenRule(string component)
    {
        if (component is "") return "has an empty name";
        if (component is "." or "..") return $"has the name '{component}'";
        for (var i = 0; i < component.Length;)
        {
            if (Rune.DecodeFromUtf16(component.AsSpan(i), out var rune, out var used) != OperationStatus.Done)
                return "has half a surrogate pair";
            if (rune.Value == 0) return "has a NUL";
            if (rune.Value == '\n') return "has a newline";
            if (HarmfulText.IsControl(rune.Value)) return $"has the control character U+{rune.Value:X4}";
            if (HarmfulText.TurnsDirection(rune.Value)) return $"has the direction control U+{rune.Value:X4}";
            if (rune.Value == '\\') return "has a backslash";
            i += used;
        }

        return null;
    }

    private static FileFaultException Invalid(string rule) => new(ErrorCode.Invalid, $"The path {rule}.");
}
