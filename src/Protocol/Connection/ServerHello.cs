using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Connection;

/// <summary>
/// HELLO of the server, the answer to the client's:
/// <c>{"version":1,"software":"actorserver/0.1.0","nonce":"…","mechanisms":["HMAC-SHA-256"],"features":[]}</c>.
/// </summary>
/// <param name="Version">The version both sides speak from here on: the highest that both know.</param>
/// <param name="Software">Name and version, for the client's log.</param>
/// <param name="Nonce">32 random bytes, new for every connection.</param>
/// <param name="Mechanisms">Ways to log in, the strongest first.</param>
/// <param name="Features">Optional parts of the protocol in force; none in version 1.</param>
/// <param name="ChannelBindings">Types that the -PLUS mechanisms take on this connection, the best first; absent without TLS.</param>
public sealed record ServerHello(
    int Version, string Software, byte[] Nonce, IReadOnlyList<string> Mechanisms, IReadOnlyList<string>? Features = null,
    IReadOnlyList<string>? ChannelBindings = null)
    : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame() => new(FrameType.Hello, 0, ProtocolJson.Encode(this, ProtocolJsonContext.Default.ServerHello));

    void IJsonOnDeserialized.OnDeserialized() => HelloNonce.Check(Nonce);
}
