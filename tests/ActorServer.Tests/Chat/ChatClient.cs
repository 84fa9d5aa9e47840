using System.Text;
using System.Text.Json;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Chat;

/// <summary>A client of one chat channel, seen from the framing's side: a probe that takes the batches apart.</summary>
internal sealed class ChatClient
{
    private const uint Id = 3;
    private static readonly ChannelSettings Channels = new(16, 1 << 20, 1 << 20, TimeSpan.FromSeconds(10));

    private readonly TestProbe _framing;
    private readonly Queue<Frame> _frames = new();

    public ChatClient(TestProbe framing, Func<IActorRef, IActorRef> createChannel)
    {
        _framing = framing;
        Channel = createChannel(framing);
        Channel.Tell(StartChannel.Instance);
    }

    public IActorRef Channel { get; }

    public static ChannelContext Context(
        IActorRef framing, ServiceDefinition service, string account, uint window, string? parameters, ChannelSettings? channels,
        Rights rights, IActorRef audit)
    {
        var json = parameters is null ? (JsonElement?)null : JsonElement.Parse(parameters);
        return new ChannelContext(
            Id, framing, account, "conn-1", new OpenChannel(service.Name, window, json), service.Window, channels ?? Channels)
        {
            Rights = rights,
            Audit = audit,
        };
    }

    public void Send(params ChatRequest[] requests) =>
        SendRaw([.. requests.Select(r => ProtocolJson.Encode(r, ProtocolJsonContext.Default.ChatRequest))]);

    public void Send(string json) => SendRaw(Encoding.UTF8.GetBytes(json));

    public void SendRaw(params byte[][] payloads) =>
        Channel.Tell(new ChannelFrames([.. payloads.Select(p => new Frame(FrameType.Message, Id, p))]));

    public void Grant(uint bytes) => Channel.Tell(new ChannelFrames([WindowGrant.ToFrame(Id, bytes)]));

    public void Close() => Channel.Tell(new ChannelFrames([new ChannelClosed().ToFrame(Id)]));

    public Frame Next()
    {
        while (_frames.Count == 0)
        {
            foreach (var frame in _framing.ExpectMsg<SendFrames>().Frames) _frames.Enqueue(frame);
        }

        return _frames.Dequeue();
    }

    public ChatEvent NextEvent()
    {
        var frame = Next();
        Assert.Equal(FrameType.Message, frame.Type);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChatEvent);
    }

    public T Expect<T>() where T : ChatEvent => Assert.IsType<T>(NextEvent());

    public ChannelOpened ExpectOpened()
    {
        var frame = Next();
        Assert.Equal(FrameType.Opened, frame.Type);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelOpened);
    }

    public ChannelRefused ExpectRefused()
    {
        var frame = Next();
        Assert.Equal(FrameType.Refused, frame.Type);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelRefused);
    }

    public ChannelClosed ExpectClosed()
    {
        var frame = Next();
        Assert.Equal(FrameType.Close, frame.Type);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed);
    }

    public RoomJoined Join(string room, long id = 1)
    {
        Send(new JoinRoom(id, room));
        return Expect<RoomJoined>();
    }

    /// <summary>Nothing came that was not asked about: the answer to this is the next event.</summary>
    public void ExpectNothingBut(long id)
    {
        Send(new ListMembers(id, "a-room-nobody-is-in"));
        Assert.Equal(id, Expect<ChatError>().Id);
    }
}
