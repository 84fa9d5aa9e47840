using System.Text.RegularExpressions;
using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>A condition on a text, and the words for it in the text of a failure.</summary>
internal sealed record TextMatch(string Description, Predicate<string> IsMatch)
{
    public static TextMatch Anything { get; } = new("", _ => true);

    /// <summary>Of the three the first that is given counts.</summary>
    public static TextMatch Of(string? message, string? start, string? contains) => (message, start, contains) switch
    {
        ({ } whole, _, _) => new($" == \"{whole}\"", text => text == whole),
        (_, { } begin, _) => new($" starting with \"{begin}\"",
            text => text.StartsWith(begin, StringComparison.Ordinal)),
        (_, _, { } part) => new($" containing \"{part}\"", text => text.Contains(part, StringComparison.Ordinal)),
        _ => Anything,
    };

    public static TextMatch Of(Regex pattern) => new($" matching /{pattern}/", pattern.IsMatch);

    /// <summary>A log source: the text itself or, of an actor path, the part after the address.</summary>
    public static TextMatch Source(string? source) => source == null
        ? Anything
        : new($" from \"{source}\"", text => SameText(source, text)
            || ActorPath.TryParse(text, out var path) && SameText(source, path.ToStringWithoutAddress()));

    static bool SameText(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
