using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Connection;

/// <summary>
/// HELLO of the client, the first frame of a connection:
/// <c>{"versions":[1],"software":"actornet/0.1.0","nonce":"base64 of 32 bytes","features":[]}</c>.
/// </summary>
/// <param name="Versions">Protocol versions the client speaks.</param>
/// <param name="Software">Name and version, for the server's log.</param>
/// <param name="Nonce">32 random bytes, new for every connection.</param>
/// <param name="Features">Optional parts of the protocol the client knows; none in version 1.</param>
public sealed record ClientHello(IReadOnlyList<int> Versions, string Software, byte[] Nonce, IReadOnlyList<string>? Features = null)
    : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame() => new(FrameType.Hello, 0, ProtocolJson.Encode(this, ProtocolJsonContext.Default.ClientHello));

    void IJsonOnDeserialized.OnDeserialized() => HelloNonce.Check(Nonce);
}
