using ActorNet.Protocol;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Connections;

/// <summary>Limits of every channel: <c>actornet.channels</c>.</summary>
/// <param name="MaxPerConnection">Channels open at once on one connection.</param>
/// <param name="OutboundLimit">Bytes of one channel that wait for the socket, beyond which its service is held up.</param>
/// <param name="PushLimit">Bytes of messages that wait for the client's window, beyond which it is a slow consumer.</param>
/// <param name="PushAge">How long a message may wait for the client's window, beyond which it is a slow consumer, found out within twice that.</param>
public sealed record ChannelSettings(int MaxPerConnection, int OutboundLimit, int PushLimit, TimeSpan PushAge)
{
    /// <summary>Reads <c>actornet.channels</c>.</summary>
    public static ChannelSettings From(SettingsReader settings) => new(
        settings.Number("max-per-connection", 1, 10_000),
        settings.IntBytes("outbound-limit", 16 * 1024, 64 * 1024 * 1024),
        settings.IntBytes("push-limit", ProtocolLimits.MaxPayload, 64 * 1024 * 1024),
        settings.Duration("push-age", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)));
}
