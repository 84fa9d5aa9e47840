using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Server.Connections;

/// <summary>Both HELLOs as they stand on the wire: what the login's proofs are made over.</summary>
public sealed record Handshake(ReadOnlyMemory<byte> ClientHello, ReadOnlyMemory<byte> ServerHello)
{
    private static readonly string[] Mechanisms = [HmacLogin.Mechanism];

    /// <summary>Answers the client's HELLO.</summary>
    /// <exception cref="ProtocolViolationException">Not a HELLO, a short nonce, or no common version.</exception>
    public static (Handshake Handshake, Frame Answer, string ClientSoftware) Answer(in Frame hello)
    {
        var client = ProtocolJson.Decode(hello.Payload, ProtocolJsonContext.Default.ClientHello);
        if (client.Nonce.Length != ProtocolLimits.NonceLength)
            throw new ProtocolViolationException(
                $"The nonce in HELLO has {client.Nonce.Length} bytes instead of {ProtocolLimits.NonceLength}.");
        if (!client.Versions.Contains(ProtocolLimits.Version))
            throw new ProtocolViolationException(
                ErrorCode.Invalid,
                $"This node speaks protocol version {ProtocolLimits.Version}; the client offers {string.Join(", ", client.Versions.Take(8))}.");
        var answer = new ServerHello(
            ProtocolLimits.Version, ServerVersion.Software, RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength), Mechanisms)
            .ToFrame();
        return (new Handshake(hello.Payload, answer.Payload), answer, client.Software);
    }
}
