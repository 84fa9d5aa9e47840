using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Server.Audit;

/// <summary>The links of one line: what the chain is checked by, found by position, without reading the JSON.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Time">As it is written.</param>
/// <param name="Prev">Hash of the line before.</param>
/// <param name="Hash">What it says its hash is.</param>
/// <param name="IsIntact">It is.</param>
internal readonly record struct AuditLine(long Seq, string Time, string Prev, string Hash, bool IsIntact)
{
    /// <summary>Characters of a hash.</summary>
    public const int HashLength = 64;

    private const int TimeLength = 24;

    private static ReadOnlySpan<byte> SeqMember => "{\"seq\":"u8;

    private static ReadOnlySpan<byte> TimeMember => ",\"time\":\""u8;

    private static ReadOnlySpan<byte> PrevMember => ",\"prev\":\""u8;

    private static ReadOnlySpan<byte> HashMember => "\",\"hash\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Reads a line without its line feed; false when it is none of an audit log.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out AuditLine parsed)
    {
        parsed = default;
        var rest = line;
        if (!Skip(ref rest, SeqMember) || !Utf8Parser.TryParse(rest, out long seq, out var digits) || seq < 1 || rest[0] is (byte)'0' or (byte)'+')
            return false;
        rest = rest[digits..];
        if (!Skip(ref rest, TimeMember) || rest.Length < TimeLength) return false;
        var time = Encoding.ASCII.GetString(rest[..TimeLength]);
        rest = rest[TimeLength..];

        var tail = PrevMember.Length + HashLength + HashMember.Length + HashLength + End.Length;
        if (rest.Length < tail) return false;
        rest = rest[^tail..];
        if (!Skip(ref rest, PrevMember) || !TakeHash(ref rest, out var prev) || !Skip(ref rest, HashMember)
            || !TakeHash(ref rest, out var hash) || !rest.SequenceEqual(End))
            return false;

        // Up to the quote that ends prev, which is the first byte of HashMember here.
        var hashed = line[..^(HashMember.Length - 1 + HashLength + End.Length)];
        parsed = new AuditLine(seq, time, prev, hash, Convert.ToHexStringLower(SHA256.HashData(hashed)) == hash);
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected)) return false;
        rest = rest[expected.Length..];
        return true;
    }

    private static bool TakeHash(ref ReadOnlySpan<byte> rest, out string hash)
    {
        hash = Encoding.ASCII.GetString(rest[..HashLength]);
        rest = rest[HashLength..];
        return hash.All(char.IsAsciiHexDigitLower);
    }
}
