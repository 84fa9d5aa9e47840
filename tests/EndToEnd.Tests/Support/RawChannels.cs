using System.Buffers.Binary;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>Channels of a peer that is logged in, frame by frame.</summary>
internal static class RawChannels
{
    public static Frame Open<T>(uint channel, string service, T parameters, JsonTypeInfo<T> type, uint window) =>
        new OpenChannel(service, window, ProtocolJson.ToElement(parameters, type)).ToFrame(channel);

    public static Frame Data(uint channel, ReadOnlyMemory<byte> bytes) => new(FrameType.Data, channel, bytes);

    /// <summary>DATA of any length, in frames as large as they may be.</summary>
    public static Frame[] DataInPieces(uint channel, byte[] bytes) =>
        [.. bytes.Chunk(ProtocolLimits.MaxPayload).Select(piece => Data(channel, piece))];

    public static Frame Eof(uint channel) => new(FrameType.Eof, channel, default);

    public static Frame Ping(string payload) => new(FrameType.Ping, 0, System.Text.Encoding.ASCII.GetBytes(payload));

    public static Frame Window(uint channel, int bytes)
    {
        var payload = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)bytes);
        return new Frame(FrameType.Window, channel, payload);
    }

    public static Frame Message<T>(uint channel, T message, JsonTypeInfo<T> type) =>
        new(FrameType.Message, channel, ProtocolJson.Encode(message, type));

    /// <summary>Opens a channel with parameters and waits for OPENED.</summary>
    public static async Task<ChannelOpened> OpenAsync<T>(
        this RawPeer peer, uint channel, string service, T parameters, JsonTypeInfo<T> type,
        uint window = ProtocolLimits.MaxWindow)
    {
        await peer.SendAsync(Open(channel, service, parameters, type, window));
        return await peer.ReadAsync(FrameType.Opened, ProtocolJsonContext.Default.ChannelOpened);
    }

    /// <summary>The next frame that is no WINDOW and of this type, decoded.</summary>
    public static async Task<T> ReadAsync<T>(this RawPeer peer, FrameType type, JsonTypeInfo<T> json)
    {
        while (true)
        {
            var frame = await peer.ReadAsync()
                ?? throw new InvalidDataException($"{type.ToWire()} expected, came the end");
            if (frame.Type == FrameType.Window) continue;
            return frame.Type == type
                ? ProtocolJson.Decode(frame.Payload, json)
                : throw new InvalidDataException($"{type.ToWire()} expected, came {frame}");
        }
    }

    /// <summary>What came on a channel's DATA, in one.</summary>
    public static byte[] DataOf(this IEnumerable<Frame> frames, uint channel) =>
        [.. frames.Where(f => f.Type == FrameType.Data && f.Channel == channel).SelectMany(f => f.Payload.ToArray())];
}
