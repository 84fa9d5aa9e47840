using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Listening;

/// <summary>
/// Tells one connection that was not taken why: GOODBYE, then close. Child of its listener, which bounds how many there are; ends with
/// the connection, or after two seconds.
/// </summary>
public sealed class RefusalActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IActorRef _transport;
    private readonly Refusal _refusal;

    public RefusalActor(IActorRef transport, Refusal refusal)
    {
        _transport = transport;
        _refusal = refusal;

        Receive<Said>(_ => _transport.Tell(Tcp.ConfirmedClose.Instance));
        Receive<Tcp.Received>(_ => _transport.Tell(Tcp.ResumeReading.Instance));
        Receive<Tcp.PeerClosed>(_ => { });
        Receive<Tcp.ConnectionClosed>(_ => Context.Stop(Self));
        Receive<Terminated>(_ => Context.Stop(Self));
        Receive<OutOfPatience>(_ => _transport.Tell(Tcp.Abort.Instance));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var goodbye = FrameWriter.ToArray(new Goodbye(_refusal.Code, _refusal.Message).ToFrame());
        Context.Watch(_transport);
        _transport.Tell(new Tcp.Register(Self, keepOpenOnPeerClosed: true));
        _transport.Tell(Tcp.Write.Create(ByteString.FromBytes(goodbye), Said.Instance));
        _transport.Tell(Tcp.ResumeReading.Instance);
        Timers.StartSingleTimer(nameof(OutOfPatience), OutOfPatience.Instance, Patience);
    }

    private sealed class Said : Tcp.Event
    {
        public static readonly Said Instance = new();
    }

    private sealed record OutOfPatience
    {
        public static readonly OutOfPatience Instance = new();
    }
}
