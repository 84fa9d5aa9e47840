namespace ActorNet.Protocol.Text;

/// <summary>
/// Characters that a terminal, a log or a reader's eye obeys instead of showing. What is done about them is a matter of the place: refused
/// in names, replaced where text is printed.
/// </summary>
public static class HarmfulText
{
    /// <summary>Any of the kinds below.</summary>
    public static bool IsHarmful(int codePoint) => IsControl(codePoint) || TurnsDirection(codePoint);

    /// <summary>C0, DEL, C1, and the two separators that terminals and editors take for line ends.</summary>
    public static bool IsControl(int codePoint) => codePoint is < 0x20 or (>= 0x7f and <= 0x9f) or 0x2028 or 0x2029;

    /// <summary>Bidi_Control of Unicode: marks, embeddings, overrides and isolates, which let one text look like another.</summary>
    public static bool TurnsDirection(int codePoint) =>
        codePoint is 0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}
