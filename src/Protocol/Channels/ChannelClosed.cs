using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Channels;

/// <summary>CLOSE: <c>{"code":"slow-consumer","message":"…"}</c>, or <c>{}</c> when the channel did what it was opened for.</summary>
public sealed record ChannelClosed(ErrorCode? Code = null, string? Message = null)
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame(uint channel) =>
        new(FrameType.Close, channel, ProtocolJson.Encode(this, ProtocolJsonContext.Default.ChannelClosed));
}
