using ActorNet.Protocol.Chat;
using ActorNet.Server.Access;
using ActorNet.Server.Chat;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Access;
using Akka.Actor;

namespace ActorNet.Server.Tests.Chat;

/// <summary>A chat service, and what plays its members and clients.</summary>
public abstract class ChatFixture() : Akka.TestKit.Xunit2.TestKit(Config)
{
    protected static readonly ChatSettings Limits = new(
        new ChannelWindow(512 * 1024, 512 * 1024), MessageSize: 1000, MaxRooms: 100,
        MaxRoomsPerChannel: 10, MaxMembers: 20_000,
        MaxRequests: 256, RoomNameLength: 64, MemberNameLength: 64, PageSize: 100, PresenceLimit: 50, RateLimit: null);

    protected static readonly RoomName Lobby = Name("lobby");

    // A channel that fails is stopped, as its connection would.
    private const string Config = """
        akka.loglevel = ERROR
        akka.actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
        """;

    private protected ManualTime Time { get; } = new();

    protected static RoomName Name(string text)
    {
        Assert.True(RoomName.TryParse(text, 64, out var name, out _));
        return name;
    }

    protected static MessageText Text(string text)
    {
        Assert.True(MessageText.TryParse(text, 1000, out var parsed, out _));
        return parsed;
    }

    protected static ChatMember Member(string account) => new(account, account);

    protected IActorRef StartChat(ChatSettings? limits = null) =>
        Sys.ActorOf(ChatActor.Props(limits ?? Limits, Time), ChatService.ActorName);

    /// <summary>A client whose channel is open.</summary>
    private protected ChatClient Connect(
        IActorRef chat, string account, ChatSettings? limits = null, uint window = 1 << 20, string? parameters = null,
        ChannelSettings? channels = null, Rights? rights = null, IActorRef? audit = null)
    {
        var client = Dial(chat, account, limits, window, parameters, channels, rights, audit);
        client.ExpectOpened();
        return client;
    }

    /// <summary>A client that has asked for a channel.</summary>
    private protected ChatClient Dial(
        IActorRef chat, string account, ChatSettings? limits = null, uint window = 1 << 20, string? parameters = null,
        ChannelSettings? channels = null, Rights? rights = null, IActorRef? audit = null)
    {
        var service = ChatService.Definition(chat, limits ?? Limits, Time);
        var client = new ChatClient(CreateTestProbe(), framing => Sys.ActorOf(service.CreateChannel(ChatClient.Context(
            framing, service, account, window, parameters, channels, rights ?? Rights.All, audit ?? Sys.ActorOf<AuditStub>()))));
        Watch(client.Channel);
        return client;
    }
}
