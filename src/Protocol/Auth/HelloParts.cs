using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// Pieces of a conversation, each with its length before it, so that no byte can move from one to the next:
/// <c>part(x) = u32 length of x || x</c>, network byte order.
/// </summary>
internal static class HelloParts
{
    public static void AppendPart(this IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    /// <summary>SHA-256 over both HELLOs, as <c>h=</c> of SCRAM carries it.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> clientHello, ReadOnlySpan<byte> serverHello)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendPart(clientHello);
        hash.AppendPart(serverHello);
        return hash.GetHashAndReset();
    }
}
