using System.Text.Json;
using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Channels;

/// <summary>OPEN: <c>{"service":"exec","window":1048576,"params":{…}}</c>. The channel's number is in the frame, chosen by the client.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Window">How many bytes the server may send before the client grants more; at most 2^31 - 1.</param>
/// <param name="Params">What the service wants to know; its form is the service's.</param>
public sealed record OpenChannel(string Service, uint Window, JsonElement? Params = null) : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame(uint channel) => new(FrameType.Open, channel, ProtocolJson.Encode(this, ProtocolJsonContext.Default.OpenChannel));

    void IJsonOnDeserialized.OnDeserialized() => ChannelWindows.Check(Window);
}
