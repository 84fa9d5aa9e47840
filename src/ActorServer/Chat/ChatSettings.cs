using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Chat;

/// <summary>Limits of the chat service: <c>actornet.chat</c>.</summary>
/// <param name="Window">Window of a chat channel for what the client sends.</param>
/// <param name="MessageSize">Bytes of UTF-8 in the text of one message.</param>
/// <param name="MaxRooms">Rooms on the node.</param>
/// <param name="MaxRoomsPerChannel">Rooms one channel is in, or is entering, at once.</param>
/// <param name="MaxMembers">Members of one room.</param>
/// <param name="MaxRequests">Requests of one channel that wait for their answer.</param>
/// <param name="RoomNameLength">Bytes of UTF-8 in a room's name.</param>
/// <param name="MemberNameLength">Bytes of UTF-8 in the name a member shows.</param>
/// <param name="PageSize">Members in one answer to <c>who</c>.</param>
/// <param name="PresenceLimit">Members of a room up to which comings and goings are pushed to everybody in it.</param>
/// <param name="RateLimit">How fast one channel may ask; null: as fast as it can.</param>
public sealed record ChatSettings(
    ChannelWindow Window,
    int MessageSize,
    int MaxRooms,
    int MaxRoomsPerChannel,
    int MaxMembers,
    int MaxRequests,
    int RoomNameLength,
    int MemberNameLength,
    int PageSize,
    int PresenceLimit,
    ChatRateLimit? RateLimit)
{
    // Escaping at most doubles a checked text (a quotation mark becomes two characters); with the names around it, it must still be one
    // frame.
    private const int LargestMessage = 80 * 1024;

    // A window is granted again when half of it is used up: a message of more than half of it might never fit.
    private const int SmallestWindow = 2 * ProtocolLimits.MaxPayload;

    /// <summary>Reads <c>actornet.chat</c>.</summary>
    public static ChatSettings From(SettingsReader settings)
    {
        var window = ChannelWindow.From(settings);
        if (window.Initial < SmallestWindow)
            settings.Fail("window", $"is under {SettingUnits.FormatBytes(SmallestWindow)}: a large message might never fit.");
        return new ChatSettings(
            window,
            settings.IntBytes("message-size", 1, LargestMessage),
            settings.Number("max-rooms", 1, 1_000_000),
            settings.Number("max-rooms-per-channel", 1, 10_000),
            settings.Number("max-members", 1, 100_000),
            settings.Number("max-requests", 1, 10_000),
            settings.IntBytes("room-name-length", 1, 128),
            settings.IntBytes("member-name-length", 1, 128),
            settings.Number("page-size", 1, 256),
            settings.Number("presence-limit", 0, 5_000),
            ChatRateLimit.From(settings.Section("rate-limit")));
    }
}

/// <summary>A token bucket: <c>actornet.chat.rate-limit</c>.</summary>
/// <param name="PerSecond">Requests a second in the long run.</param>
/// <param name="Burst">Requests at once.</param>
public sealed record ChatRateLimit(int PerSecond, int Burst)
{
    /// <summary>Reads <c>actornet.chat.rate-limit</c>; null when it is switched off.</summary>
    public static ChatRateLimit? From(SettingsReader settings)
    {
        var limit = new ChatRateLimit(
            settings.Number("per-second", 1, 1_000_000), settings.Number("burst", 1, 1_000_000));
        return settings.Flag("enabled") ? limit : null;
    }
}
