using System.Text.Json;
using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Channels;

/// <summary>OPENED: <c>{"window":1048576,"result":{…}}</c>.</summary>
/// <param name="Window">How many bytes the client may send before the server grants more.</param>
/// <param name="Result">What the service says at the start; its form is the service's.</param>
public sealed record ChannelOpened(uint Window, JsonElement? Result = null) : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame(uint channel) =>
        new(FrameType.Opened, channel, ProtocolJson.Encode(this, ProtocolJsonContext.Default.ChannelOpened));

    void IJsonOnDeserialized.OnDeserialized() => ChannelWindows.Check(Window);
}
