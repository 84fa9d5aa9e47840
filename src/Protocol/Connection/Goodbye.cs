using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Connection;

/// <summary>GOODBYE: <c>{"code":"timeout","message":"…"}</c>, or <c>{}</c> for an end without a fault. The last frame of its sender.</summary>
public sealed record Goodbye(ErrorCode? Code = null, string? Message = null)
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame() => new(FrameType.Goodbye, 0, ProtocolJson.Encode(this, ProtocolJsonContext.Default.Goodbye));
}
