using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

/// <summary>A channel without a service of its own: reports what comes, and does what it is told.</summary>
internal sealed class ScriptedChannel : ChannelActor
{
    private readonly IActorRef _service;

    public ScriptedChannel(ChannelContext context, IActorRef service) : base(context)
    {
        _service = service;
        Receive<Script>(script => script.Action(this));
    }

    public int SendableNow => Sendable;

    public void Report(string what) => _service.Tell(what);

    public void SayOpened() => Opened();

    public void SayOpenedWith(ChatOptions result) => Opened(result, ProtocolJsonContext.Default.ChatOptions);

    public ChatOptions ReadParams() => Params(ProtocolJsonContext.Default.ChatOptions);

    public void SayRefused(ErrorCode code, string message) => Refuse(code, message);

    public void TakeBytes(int bytes) => Consumed(bytes);

    public void Data(string text) => SendData(Encoding.UTF8.GetBytes(text));

    public void Data(byte[] bytes) => SendData(bytes);

    public void ExtendedData(string text) => SendExtendedData(Encoding.UTF8.GetBytes(text));

    public void Message(string text) => SendMessage(Encoding.UTF8.GetBytes(text));

    public void End() => SendEof();

    public void Finish(ErrorCode? code = null, string? message = null) => Close(code, message);

    protected override void OnStart() => Report("start");

    protected override void OnData(ReadOnlyMemory<byte> bytes) => Report($"data {Encoding.UTF8.GetString(bytes.Span)}");

    protected override void OnMessage(ReadOnlyMemory<byte> json)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        if (text == "violate") throw new ProtocolViolationException(ErrorCode.Invalid, "not so");
        if (text == "fail") throw new InvalidOperationException("a fault of the service");
        Report($"message {text}");
    }

    protected override void OnEof() => Report("eof");

    protected override void OnSendable() => Report($"sendable {Sendable}");

    protected override void OnPeerClosed() => Report("peer closed");

    public sealed record Script(Action<ScriptedChannel> Action);
}
