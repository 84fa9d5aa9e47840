using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Connections;

/// <summary>
/// The registered handler of a transport: bytes to batches of frames, frames to one write at a time; windows, half-close and the whole
/// close protocol. Child of its ConnectionActor, which decides; the transport is anything that speaks the vocabulary of Akka.IO's Tcp.
/// Ends when the transport is gone, after one <see cref="TransportClosed"/>.
/// </summary>
public sealed class FramingActor : ReceiveActor, IWithTimers
{
    // Room for the frames of a usual read; one read of the smallest frames has thousands.
    private const int KeptFrames = 256;

    private readonly IActorRef _transport;
    private readonly ConnectionSettings _settings;
    private readonly FrameReader _reader = new(ProtocolLimits.MaxPayloadBeforeLogin);
    private readonly List<Frame> _frames = [];
    private readonly InboundGate _gate;
    private readonly OutboundBuffer _outbound = new();
    private readonly Queue<(long Position, ChannelRoute Route)> _flushMarkers = new();
    private readonly Liveness _liveness;
    private ReadState _reading = ReadState.Asked;
    private CloseState _closing = CloseState.Open;
    private bool _isConnectionBusy;
    private long _bytesIn;

    public FramingActor(IActorRef transport, ConnectionSettings settings)
    {
        _transport = transport;
        _settings = settings;
        _gate = new InboundGate(settings);
        _liveness = new Liveness(settings, Now);

        Receive<Tcp.Received>(HandleReceived);
        Receive<WriteAck>(HandleWriteAck);
        Receive<SendFrames>(HandleSendFrames);
        Receive<ConnectionFramesHandled>(HandleConnectionFramesHandled);
        Receive<RouteChannel>(HandleRouteChannel);
        Receive<ChannelLost>(HandleChannelLost);
        Receive<LiftLoginLimits>(HandleLiftLoginLimits);
        Receive<FinishConnection>(HandleFinishConnection);
        Receive<CheckLiveness>(HandleCheckLiveness);
        Receive<CloseTimedOut>(HandleCloseTimedOut);
        Receive<RevokeTimedOut>(HandleRevokeTimedOut);
        Receive<Tcp.PeerClosed>(HandlePeerClosed);
        Receive<Tcp.ConnectionClosed>(closed => HandleTransportGone(Describe(closed)));
        Receive<Tcp.CommandFailed>(failed => HandleTransportGone($"{failed.Cmd.GetType().Name} failed"));
        Receive<Terminated>(_ => HandleTransportGone("the transport ended"));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart()
    {
        Context.Watch(_transport);
        _transport.Tell(new Tcp.Register(Self, keepOpenOnPeerClosed: true));
        _transport.Tell(Tcp.ResumeReading.Instance);
        Timers.StartPeriodicTimer(nameof(CheckLiveness), CheckLiveness.Instance, _liveness.CheckInterval);
    }

    private void HandleReceived(Tcp.Received message)
    {
        _reading = ReadState.Idle;
        _bytesIn += message.Data.Count;
        _liveness.Received(Now);
        // A connection that is closing reads only to see the peer's end.
        if (_closing == CloseState.Open) Accept(message.Data.Memory());
        Step();
    }

    private void Accept(ReadOnlyMemory<byte> bytes)
    {
        ProtocolViolationException? violation = null;
        try
        {
            _gate.CountBytes(bytes.Length);
            _reader.Read(bytes, _frames);
        }
        catch (ProtocolViolationException e)
        {
            violation = e;
        }

        // What came before a violation was in order, and is passed on before it.
        violation = LetIn() ?? violation;
        if (_gate.Deliver(Context.Parent, Self)) _isConnectionBusy = true;
        _frames.Clear();
        if (_frames.Capacity > KeptFrames) _frames.TrimExcess();
        if (violation is not null) Fail(violation.Code, violation.Message);
    }

    private ProtocolViolationException? LetIn()
    {
        try
        {
            foreach (var frame in _frames)
            {
                if (_gate.Accept(frame) && frame.Type == FrameType.Ping)
                    _outbound.Add(frame with { Type = FrameType.Pong });
            }

            return null;
        }
        catch (ProtocolViolationException e)
        {
            return e;
        }
    }

    private void HandleWriteAck(WriteAck message)
    {
        _outbound.WriteEnded();
        Step();
    }

    private void HandleSendFrames(SendFrames message)
    {
        if (_closing >= CloseState.Finishing) return;
        var route = message.Channel == 0 ? null : _gate.Find(message.Channel);
        if (message.Channel != 0 && (route is null || route.IsClosed)) return;
        foreach (var frame in message.Frames)
        {
            _outbound.Add(frame);
            route?.Sending(frame.Type);
        }

        if (message.Consumed > 0 && route?.Consume(message.Consumed) is > 0 and var grant)
            _outbound.Add(WindowGrant.ToFrame(message.Channel, grant));
        if (message.NotifyWhenFlushed && route is not null) _flushMarkers.Enqueue((_outbound.Added, route));
        if (route is { IsEnded: true }) EndChannel(route);
        Step();
    }

    private void HandleConnectionFramesHandled(ConnectionFramesHandled message)
    {
        _isConnectionBusy = false;
        _gate.ConnectionHandled();
        Step();
    }

    private void HandleRouteChannel(RouteChannel message)
    {
        var route = new ChannelRoute(message.Channel, message.Actor, message.Window);
        _gate.Add(route);
        message.Actor.Tell(StartChannel.Instance);
        // OPEN was the last the peer said before it closed its side.
        if (_reading == ReadState.Ended) InboundGate.Finish(route);
        _gate.Deliver(Context.Parent, Self);
    }

    private void HandleChannelLost(ChannelLost message)
    {
        // GOODBYE is the last word.
        if (_closing >= CloseState.Finishing || _gate.Find(message.Channel) is not { IsClosed: false } route) return;
        const string detail = "the channel failed; the node's log says more";
        var last = route.IsOpened
            ? new ChannelClosed(ErrorCode.Internal, detail).ToFrame(route.Id)
            : new ChannelRefused(ErrorCode.Internal, detail).ToFrame(route.Id);
        _outbound.Add(last);
        route.Sending(last.Type);
        if (route.IsEnded) EndChannel(route);
        Step();
    }

    private void HandleLiftLoginLimits(LiftLoginLimits message)
    {
        _gate.LoggedIn = true;
        _reader.MaxPayload = ProtocolLimits.MaxPayload;
    }

    private void HandleFinishConnection(FinishConnection message)
    {
        if (message.IsRevoked) Timers.StartSingleTimer(nameof(RevokeTimedOut), RevokeTimedOut.Instance, _settings.RevokeTimeout);
        if (_closing >= CloseState.Finishing) return;
        _closing = CloseState.Finishing;
        _outbound.Add(message.Last);
        Step();
    }

    private void HandleCheckLiveness(CheckLiveness message)
    {
        switch (_liveness.Check(Now, _outbound.IsWriting, isListening: _reading == ReadState.Asked))
        {
            // Before the login the peer may not answer, and has a deadline anyway.
            case LivenessVerdict.Ping when _closing == CloseState.Open && _gate.LoggedIn:
                _outbound.Add(new Frame(FrameType.Ping, 0, default));
                Step();
                break;
            case LivenessVerdict.Idle when _closing == CloseState.Open:
                Fail(ErrorCode.Timeout, $"nothing was received for {_settings.IdleTimeout.TotalSeconds:0.###} s");
                break;
            case LivenessVerdict.Stuck:
                Fail(ErrorCode.SlowConsumer, $"a write was not taken within {_settings.WriteTimeout.TotalSeconds:0.###} s (actornet.connections.write-timeout)");
                _transport.Tell(Tcp.Abort.Instance);
                break;
        }
    }

    // Not Abort: the kernel may still hold megabytes that a slow reader is owed, and a reset throws them away. Without its handler the
    // transport closes the socket, which has sent its FIN already; the kernel delivers the rest, or gives up, alone.
    private void HandleCloseTimedOut(CloseTimedOut message) =>
        HandleTransportGone($"the peer has not closed {_settings.CloseTimeout.TotalSeconds:0.###} s after this side");

    // A reset, so that what the kernel still holds is not delivered either.
    private void HandleRevokeTimedOut(RevokeTimedOut message) => _transport.Tell(Tcp.Abort.Instance);

    private void HandlePeerClosed(Tcp.PeerClosed message)
    {
        _reading = ReadState.Ended;
        if (_closing == CloseState.Open)
        {
            foreach (var ended in _gate.PeerFinished()) EndChannel(ended);
            Context.Parent.Tell(PeerFinished.Instance);
        }

        Step();
    }

    private void HandleTransportGone(string detail)
    {
        Context.Parent.Tell(new TransportClosed(detail, _bytesIn, _outbound.Flushed));
        Context.Stop(Self);
    }

    // The connection answers with FinishConnection; until then nothing more of the peer is listened to.
    private void Fail(ErrorCode code, string detail)
    {
        if (_closing != CloseState.Open) return;
        _closing = CloseState.Failed;
        Context.Parent.Tell(new PeerFailed(code, detail));
    }

    private void EndChannel(ChannelRoute route)
    {
        _gate.Remove(route.Id);
        Context.Parent.Tell(new ChannelEnded(route.Id));
    }

    // After every event: tell who waits for the socket; start a write if there is something and none is under way; close when all is
    // sent; read on if there is room.
    private void Step()
    {
        while (_flushMarkers.TryPeek(out var marker) && marker.Position <= _outbound.Flushed)
        {
            _flushMarkers.Dequeue();
            if (!marker.Route.IsClosed) marker.Route.Actor.Tell(FramesFlushed.Instance);
        }

        if (_outbound.StartWrite() is { } segments)
        {
            _liveness.WriteStarted(Now);
            _transport.Tell(Tcp.Write.Create(AkkaBytes.View(segments), WriteAck.Instance));
        }

        if (_closing == CloseState.Finishing && _outbound.Backlog == 0)
        {
            _closing = CloseState.Confirming;
            Timers.StartSingleTimer(nameof(CloseTimedOut), CloseTimedOut.Instance, _settings.CloseTimeout);
            _transport.Tell(Tcp.ConfirmedClose.Instance);
        }

        var hasRoom = !_isConnectionBusy && _outbound.Backlog < _settings.OutboundHigh;
        if (_reading == ReadState.Idle && (hasRoom || _closing != CloseState.Open))
        {
            _reading = ReadState.Asked;
            _transport.Tell(Tcp.ResumeReading.Instance);
        }
    }

    private static string Describe(Tcp.ConnectionClosed closed) => closed switch
    {
        Tcp.ErrorClosed error => $"the connection broke: {error.Cause}",
        Tcp.Aborted => "aborted by this side",
        Tcp.ConfirmedClosed => "closed by both sides",
        _ => "closed",
    };

    private enum ReadState
    {
        Idle,
        Asked,
        Ended,
    }

    private enum CloseState
    {
        Open,
        Failed,
        Finishing,
        Confirming,
    }

    private sealed class WriteAck : Tcp.Event
    {
        public static readonly WriteAck Instance = new();
    }

    private sealed record CheckLiveness
    {
        public static readonly CheckLiveness Instance = new();
    }

    private sealed record RevokeTimedOut
    {
        public static readonly RevokeTimedOut Instance = new();
    }

    private sealed record CloseTimedOut
    {
        public static readonly CloseTimedOut Instance = new();
    }
}
