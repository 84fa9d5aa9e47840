using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Connection;

/// <summary>
/// AUTHENTICATED: <c>{"account":"admin","data":"base64 of the server's proof","node":"…","services":["chat","echo"],"max_channels":64}</c>.
/// The client checks <paramref name="Data"/> before it believes anything else the server says.
/// </summary>
/// <param name="Account">The account that is logged in.</param>
/// <param name="Data">The last word of the mechanism: the server's proof.</param>
/// <param name="Node">The server's name of itself.</param>
/// <param name="Services">Services a channel may be opened to.</param>
/// <param name="MaxChannels">How many channels may be open at once on this connection.</param>
/// <param name="Device">To show at the next login of this account: a known device is not slowed down by what strangers try.</param>
public sealed record Authenticated(string Account, byte[] Data, string Node, IReadOnlyList<string> Services, int MaxChannels, byte[]? Device = null)
    : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame() => new(FrameType.Authenticated, 0, ProtocolJson.Encode(this, ProtocolJsonContext.Default.Authenticated));

    void IJsonOnDeserialized.OnDeserialized() => DeviceToken.Check(Device);
}
