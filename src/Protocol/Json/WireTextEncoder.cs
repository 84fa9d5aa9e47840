using System.Buffers;
using System.Text.Encodings.Web;

namespace ActorNet.Protocol.Json;

/// <summary>
/// Escapes in JSON strings what RFC 8259 asks for, quotation mark, backslash and below U+0020, and nothing else. The serializer's own
/// encoders write <c>&lt;</c>, DEL or an emoji as up to twelve bytes: text that was within a limit when it came would be over it when it is
/// passed on.
/// </summary>
internal sealed class WireTextEncoder : JavaScriptEncoder
{
    public static readonly WireTextEncoder Instance = new();

    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    // Surrogates are here to be looked at: a pair passes, a lone one is replaced by U+FFFD.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        string.Concat(
            Enumerable.Range(0, ' ').Append('"').Append('\\')
                .Concat(Enumerable.Range(FirstSurrogate, LastSurrogate - FirstSurrogate + 1))
                .Select(value => (char)value)));

    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        for (var from = 0; ; from += 2)
        {
            var next = all[from..].IndexOfAny(Suspects);
            if (next < 0) return -1;
            from += next;
            if (from + 1 == textLength || !char.IsSurrogatePair(all[from], all[from + 1])) return from;
        }
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
}
