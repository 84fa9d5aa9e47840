using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Server.Connections;

/// <summary>Both HELLOs as they stand on the wire: what the login's proofs are made over.</summary>
/// <param name="ClientHello">The payload of the client's.</param>
/// <param name="ServerHello">The payload of this server's.</param>
/// <param name="Mechanisms">Those that it offers.</param>
public sealed record Handshake(ReadOnlyMemory<byte> ClientHello, ReadOnlyMemory<byte> ServerHello, IReadOnlyList<string> Mechanisms)
{
    /// <summary>Answers the client's HELLO.</summary>
    /// <param name="hello">The client's HELLO.</param>
    /// <param name="mechanisms">Those of the configuration; -PLUS is offered where there is something to bind to.</param>
    /// <param name="bindings">What the connection can bind to.</param>
    /// <exception cref="ProtocolViolationException">Not a HELLO, a short nonce, or no common version.</exception>
    public static (Handshake Handshake, Frame Answer, string ClientSoftware) Answer(
        in Frame hello, IReadOnlyList<string> mechanisms, IReadOnlyList<ChannelBinding> bindings)
    {
        var client = ProtocolJson.Decode(hello.Payload, ProtocolJsonContext.Default.ClientHello);
        if (client.Nonce.Length != ProtocolLimits.NonceLength)
            throw new ProtocolViolationException(
                $"The nonce in HELLO has {client.Nonce.Length} bytes instead of {ProtocolLimits.NonceLength}.");
        if (!client.Versions.Contains(ProtocolLimits.Version))
            throw new ProtocolViolationException(
                ErrorCode.Invalid,
                $"This node speaks protocol version {ProtocolLimits.Version}; the client offers {string.Join(", ", client.Versions.Take(8))}.");
        string[] offered = [.. mechanisms.Where(name => bindings.Count > 0 || !IsPlus(name))];
        var answer = new ServerHello(
            ProtocolLimits.Version, ServerVersion.Software, RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength), offered,
            ChannelBindings: offered.Any(IsPlus) ? [.. bindings.Select(binding => binding.Type)] : null).ToFrame();
        return (new Handshake(hello.Payload, answer.Payload, offered), answer, client.Software);
    }

    private static bool IsPlus(string mechanism) => mechanism is ScramMechanism.Plus or HmacLogin.PlusMechanism;
}
