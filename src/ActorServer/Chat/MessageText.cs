using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorNet.Protocol;

namespace ActorNet.Server.Chat;

/// <summary>
/// The text of a message, checked: not empty, within the size limit, and without control characters (C0, DEL, C1) other
/// than line feed and tab, so that no adapter and no log of ours can pass an escape sequence to a terminal. Direction
/// marks are text in half of the world's scripts: they are passed on as they are, and the client isolates them where it
/// prints.
/// </summary>
public sealed record MessageText
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\n' or '\t'))]);

    private MessageText(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Checks <paramref name="text"/>, which may have <paramref name="limit"/> bytes of UTF-8.</summary>
    public static bool TryParse(
        string text, int limit, [NotNullWhen(true)] out MessageText? parsed, [NotNullWhen(false)] out ChatProblem? problem)
    {
        problem = Check(text, limit);
        parsed = problem is null ? new MessageText(text) : null;
        return parsed is not null;
    }

    private static ChatProblem? Check(string text, int limit)
    {
        if (text.Length == 0) return new ChatProblem(ErrorCode.Invalid, "The text is empty.");
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > limit)
            return new ChatProblem(
                ErrorCode.TooLarge, $"The text has {bytes} bytes; the limit is {limit}. Send it as a file.");
        var at = text.AsSpan().IndexOfAny(Forbidden);
        return at < 0
            ? null
            : new ChatProblem(ErrorCode.Invalid,
                $"The text has the control character U+{(int)text[at]:X4}; line feed and tab are the only ones allowed.");
    }
}
