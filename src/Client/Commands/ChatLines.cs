using System.Globalization;
using System.Text.Json;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Commands;

/// <summary>How lines of a room are printed.</summary>
internal enum ChatLineStyle
{
    /// <summary>Text alone.</summary>
    Plain,

    /// <summary>Names in colour.</summary>
    Coloured,

    /// <summary>The event as the protocol has it.</summary>
    Json,
}

/// <summary>What happened in a room, as one line each. Nothing of others reaches the terminal raw.</summary>
internal sealed class ChatLines(TimeZoneInfo zone, ChatLineStyle style)
{
    public string Of(ChatEvent happened) => style == ChatLineStyle.Json
        ? JsonSerializer.Serialize(happened, ProtocolJsonContext.Default.ChatEvent)
        : happened switch
        {
            RoomMessage m => $"{Time(m.Time)} {Name(m.From)}: {SafeText.Of(m.Text)}",
            MemberJoined j => $"* {Name(j.Member)} has come; {Count(j.Members)} here",
            MemberLeft l => $"* {Name(l.Member)} has gone; {Count(l.Members)} here",
            _ => "",
        };

    public string Name(ChatMember member) =>
        style == ChatLineStyle.Coloured ? NameTag.Coloured(member) : NameTag.Of(member);

    /// <summary>Who is there, from one page: the rest as a number.</summary>
    public string Of(RoomMembers page)
    {
        if (style == ChatLineStyle.Json)
            return JsonSerializer.Serialize<ChatEvent>(page, ProtocolJsonContext.Default.ChatEvent);
        var names = string.Join(", ", page.Members.Select(Name));
        var more = page.Total > page.Members.Count ? $" and {page.Total - page.Members.Count} more" : "";
        return $"* in {SafeText.Of(page.Room)}: {names}{more}";
    }

    private static string Count(int members) => members == 1 ? "1 is" : $"{members} are";

    private string Time(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
