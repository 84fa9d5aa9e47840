using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// The grammar that the messages of SCRAM share (RFC 5802, section 7): attributes <c>x=value</c> with commas between them, in a fixed
/// order, extensions after those that are known. Texts of violations repeat nothing of the peer's.
/// </summary>
internal static class ScramMessage
{
    // What section 5.1 gives a meaning to, in one message or another: never an extension.
    private const string Reserved = "anmrcsipve";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a message.</summary>
    public static string Text(ReadOnlySpan<byte> message, string name)
    {
        if (message.Length > ScramMechanism.MaxMessage)
            throw Invalid($"The {name} of SCRAM has {message.Length} bytes; the limit is {ScramMechanism.MaxMessage}.");
        if (message.Contains((byte)0)) throw Invalid($"The {name} of SCRAM has a NUL.");
        try
        {
            return Strict.GetString(message);
        }
        catch (DecoderFallbackException e)
        {
            throw new ProtocolViolationException(ErrorCode.Invalid, $"The {name} of SCRAM is not UTF-8.", e);
        }
    }

    /// <summary>
    /// The attributes of <paramref name="text"/>: first those of <paramref name="leading"/> in this order, then extensions, last those of
    /// <paramref name="trailing"/>. Each has a value, none comes twice.
    /// </summary>
    public static Dictionary<char, string> Attributes(string text, string name, string leading, string trailing = "")
    {
        var parts = text.Split(',');
        var attributes = new Dictionary<char, string>();
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            if (part.Length < 2 || !char.IsAsciiLetter(part[0]) || part[1] != '=')
                throw Invalid($"The {name} of SCRAM has no attribute at place {i + 1}.");
            var fromEnd = parts.Length - trailing.Length;
            var expected = i < leading.Length ? leading[i] : i >= fromEnd ? trailing[i - fromEnd] : (char?)null;
            if (part[0] == 'm' && expected != 'm')
                throw Invalid($"The {name} of SCRAM asks for an extension (m=) that is not known here.");
            if (expected is { } c ? part[0] != c : Reserved.Contains(part[0], StringComparison.Ordinal))
                throw Invalid(
                    $"The {name} of SCRAM has the attribute '{part[0]}' at place {i + 1}, where {Expectation(expected)} belongs.");
            if (part.Length == 2) throw Invalid($"The {name} of SCRAM has an attribute '{part[0]}' without a value.");
            if (!attributes.TryAdd(part[0], part[2..])) throw Invalid($"The {name} of SCRAM has the attribute '{part[0]}' twice.");
        }

        foreach (var required in leading + trailing)
        {
            if (!attributes.ContainsKey(required)) throw Invalid($"The {name} of SCRAM has no attribute '{required}'.");
        }

        return attributes;
    }

    /// <summary>Bytes in base64, in the one way there is to write them: a changed character is never the same bytes.</summary>
    public static byte[] Base64(string text, string name, char attribute)
    {
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text)
            return bytes[..length];
        throw Invalid($"The attribute '{attribute}' in the {name} of SCRAM is not base64.");
    }

    /// <summary>Printable ASCII without the comma, of a length that is not guessed and not absurd.</summary>
    public static void CheckNonce(string nonce, string whose)
    {
        if (nonce.Length is < ScramMechanism.MinNonceLength or > ScramMechanism.MaxNonceLength)
            throw Invalid(
                $"The {whose} nonce of SCRAM has {nonce.Length} characters; "
                + $"it takes {ScramMechanism.MinNonceLength} to {ScramMechanism.MaxNonceLength}.");
        if (nonce.AsSpan().ContainsAnyExceptInRange('\x21', '\x7e') || nonce.Contains(',', StringComparison.Ordinal))
            throw Invalid($"The {whose} nonce of SCRAM has characters other than printable ASCII without the comma.");
    }

    /// <summary>A nonce that nobody else has.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));

    /// <summary>Name as a saslname: '=' and ',' are escaped.</summary>
    public static string Escape(string name) =>
        name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);

    /// <summary>The name of a saslname.</summary>
    public static string Unescape(string saslName)
    {
        var name = new StringBuilder(saslName.Length);
        for (var i = 0; i < saslName.Length; i++)
        {
            if (saslName[i] != '=')
            {
                name.Append(saslName[i]);
                continue;
            }

            name.Append(saslName.AsSpan(i) switch
            {
                ['=', '2', 'C', ..] => ',',
                ['=', '3', 'D', ..] => '=',
                _ => throw Invalid("A name in the client-first-message of SCRAM has a '=' that is neither =2C nor =3D."),
            });
            i += 2;
        }

        return name.ToString();
    }

    public static ProtocolViolationException Invalid(string detail) => new(ErrorCode.Invalid, detail);

    private static string Expectation(char? expected) => expected is { } c ? $"'{c}'" : "an extension";
}
