using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>What both sides compute over the messages of a login (RFC 5802, section 3).</summary>
internal static class ScramProof
{
    /// <summary>All that was said, in the order of saying; the proof itself is what follows.</summary>
    public static byte[] AuthMessage(string clientFirstBare, string serverFirst, string clientFinalWithoutProof) =>
        Encoding.UTF8.GetBytes($"{clientFirstBare},{serverFirst},{clientFinalWithoutProof}");

    /// <summary>The other of ClientKey and ClientProof, given one.</summary>
    public static byte[] Mask(ReadOnlySpan<byte> keyOrProof, ReadOnlySpan<byte> storedKey, ReadOnlySpan<byte> authMessage)
    {
        var result = HMACSHA256.HashData(storedKey, authMessage);
        for (var i = 0; i < result.Length; i++) result[i] ^= keyOrProof[i];
        return result;
    }

    /// <summary>ServerSignature.</summary>
    public static byte[] ServerSignature(ReadOnlySpan<byte> serverKey, ReadOnlySpan<byte> authMessage) =>
        HMACSHA256.HashData(serverKey, authMessage);
}
