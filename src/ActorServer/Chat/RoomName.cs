using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ActorNet.Protocol;

namespace ActorNet.Server.Chat;

/// <summary>
/// The name of a room, checked: letters, combining marks and digits of any script, and <c>-</c> <c>_</c> <c>.</c>; it
/// starts with a letter or a digit and is in Unicode normal form C, so that what looks the same is the same. Nothing
/// invisible, no white space, no direction control can be in it. Case matters: <c>Lobby</c> and <c>lobby</c> are two
/// rooms.
/// </summary>
public sealed record RoomName
{
    private RoomName(string value) => Value = value;

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>The name of the room's actor: bytes that an actor's name may not hold are written <c>%C3</c>.</summary>
    public string ActorName => $"room-{Uri.EscapeDataString(Value)}";

    /// <summary>Checks <paramref name="text"/>, which may have <paramref name="limit"/> bytes of UTF-8.</summary>
    public static bool TryParse(
        string text, int limit, [NotNullWhen(true)] out RoomName? name, [NotNullWhen(false)] out ChatProblem? problem)
    {
        problem = Check(text, limit) is { } detail ? new ChatProblem(ErrorCode.Invalid, detail) : null;
        name = problem is null ? new RoomName(text) : null;
        return name is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    private static string? Check(string text, int limit)
    {
        if (text.Length == 0) return "A room's name is empty.";
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > limit) return $"A room's name has {bytes} bytes; the limit is {limit}.";
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAllowed(rune))
                return $"A room's name has U+{rune.Value:X4}; it takes letters, digits, '-', '_' and '.'.";
        }

        if (!Rune.IsLetterOrDigit(Rune.GetRuneAt(text, 0))) return "A room's name starts with a letter or a digit.";
        return text.IsNormalized(NormalizationForm.FormC) ? null : "A room's name is not in Unicode normal form C.";
    }

    private static bool IsAllowed(Rune rune) => rune.Value is '-' or '_' or '.' || Rune.IsLetter(rune) ||
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
