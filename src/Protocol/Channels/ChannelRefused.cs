using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Channels;

/// <summary>REFUSED: <c>{"code":"not-found","message":"…"}</c>. The channel never existed; its number is free again.</summary>
public sealed record ChannelRefused(ErrorCode Code, string Message)
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame(uint channel) =>
        new(FrameType.Refused, channel, ProtocolJson.Encode(this, ProtocolJsonContext.Default.ChannelRefused));
}
