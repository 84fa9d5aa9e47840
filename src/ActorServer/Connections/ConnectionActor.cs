using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Listening;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Connections;

/// <summary>
/// One client: who it is, what it may, which channels it has. Child of its listener, parent of its framing, its login and its channels.
/// Greeting -> Authenticating -> Ready (or draining) -> Closing; ends when the transport is gone. The client is let in when the login has
/// succeeded and the audit has written it.
/// </summary>
public sealed class ConnectionActor : ReceiveActor, IWithTimers
{
    private readonly ConnectionContext _context;
    private readonly ConnectionOrigin _origin;
    private readonly ILoggingAdapter _log;
    private readonly TimeSpan _started;
    private readonly IActorRef _framing;
    private readonly ConnectionAudit _audit;
    private readonly Dictionary<uint, IActorRef> _channels = [];
    private readonly HashSet<IActorRef> _liveChannels = [];
    private IActorRef _login = ActorRefs.Nobody;
    private Handshake? _handshake;
    private bool _isLoginBusy;
    private LoginSucceeded? _proven;
    private Rights? _rights;
    private IReadOnlyList<string>? _roles;
    private Session? _session;
    private CloseReason? _reason;
    private bool _draining;
    private bool _peerFinished;
    private bool _isFaultTold;
    private bool _isEndLogged;

    public ConnectionActor(ConnectionContext context, IActorRef transport, ConnectionOrigin origin)
    {
        _context = context;
        _origin = origin;
        _log = Context.ServerLog();
        _started = origin.AcceptedAt ?? Context.System.Scheduler.MonotonicClock;
        _audit = new ConnectionAudit(context.Audit, Id, origin);
        // Variables alone: for anything else in them, Akka compiles the expression at each call, a tenth of a millisecond.
        var settings = context.Settings;
        _framing = Context.Watch(Context.ActorOf(Props.Create(() => new FramingActor(transport, settings)), "framing"));
        Become(Greeting);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    // Null until it is let in.
    private string? Account => _session?.Account;

    private string Id => $"{_context.Run}/{Self.Path.Parent.Name}/{Self.Path.Name}";

    private void Greeting()
    {
        Receive<ConnectionFrames>(frames => Each(frames, HandleGreetingFrame));
        ReceiveInEveryState();
    }

    private void Authenticating()
    {
        Receive<ConnectionFrames>(frames => Each(frames, HandleLoginFrame));
        Receive<LoginChallenge>(HandleLoginChallenge);
        Receive<LoginSucceeded>(HandleLoginSucceeded);
        Receive<LoginFailed>(HandleLoginFailed);
        Receive<Noted>(HandleNoted);
        Receive<NotNoted>(_ => Close(ErrorCode.Unavailable, "the node cannot write its audit log"));
        ReceiveInEveryState();
    }

    private void Ready()
    {
        Receive<ConnectionFrames>(frames => Each(frames, HandleReadyFrame));
        Receive<ChannelEnded>(ended => _channels.Remove(ended.Channel));
        Receive<CountChannels>(_ => Sender.Tell(new ChannelCount(Id, _channels.Count)));
        ReceiveInEveryState();
    }

    private void Closing()
    {
        Receive<TransportClosed>(HandleTransportClosed);
        Receive<SessionRevoked>(revoked => _framing.Tell(
            new FinishConnection(new Goodbye(ErrorCode.Forbidden, revoked.Message).ToFrame(), IsRevoked: true)));
        Receive<Terminated>(HandleTerminated);
        ReceiveAny(_ => { });
    }

    private void ReceiveInEveryState()
    {
        Receive<TransportClosed>(HandleTransportClosed);
        Receive<PeerFailed>(failed => Close(failed.Code, failed.Detail));
        Receive<PeerFinished>(HandlePeerFinished);
        Receive<RightsChanged>(HandleRightsChanged);
        Receive<SessionRevoked>(HandleSessionRevoked);
        Receive<LoginTimedOut>(_ => Close(
            ErrorCode.Timeout, $"no login within {_context.Settings.LoginTimeout.TotalSeconds:0.###} s (actornet.connections.login-timeout)"));
        Receive<LingerTimedOut>(_ => Close(
            ErrorCode.Timeout, $"not finished {_context.Settings.HalfCloseLinger.TotalSeconds:0.###} s after the peer closed its side"));
        Receive<Drain>(HandleDrain);
        Receive<Terminated>(HandleTerminated);
    }

    private void HandleGreetingFrame(Frame frame)
    {
        if (frame.Type != FrameType.Hello)
        {
            HandleOutOfTurn(frame, "the first frame is HELLO");
            return;
        }

        (_handshake, var answer, var software) = Handshake.Answer(frame, _context.Mechanisms, _origin.Protection.Bindings);
        _log.Debug("{Remote} greets as {Software}", _origin.Remote, SafeText.Short(software));
        Send(answer);
        Become(Authenticating);
    }

    private void HandleLoginFrame(Frame frame)
    {
        if (frame.Type != FrameType.Auth)
        {
            HandleOutOfTurn(frame, "AUTH is expected");
            return;
        }

        var step = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Authenticate);
        if (_isLoginBusy) throw new ProtocolViolationException("AUTH came before the answer to the last one.");
        _isLoginBusy = true;
        _audit.Tried(step.Mechanism);
        if (_login.IsNobody()) _login = StartLogin();
        _login.Tell(new LoginStep(step));
    }

    private IActorRef StartLogin()
    {
        var (accounts, handshake, origin, id) = (_context.Accounts, _handshake!, _origin, Id);
        return Context.Watch(Context.ActorOf(Props.Create(() => new AuthActor(accounts, handshake, origin, id)), "auth"));
    }

    private void HandleLoginChallenge(LoginChallenge message)
    {
        _isLoginBusy = false;
        _audit.Claimed(message.Claimed);
        Send(message.Step.ToFrame());
    }

    private void HandleLoginSucceeded(LoginSucceeded message)
    {
        _proven = message;
        _handshake = null;
        // A change may have come here before the login that it belongs to.
        _rights ??= message.Session.Rights;
        _audit.LoggedIn(message.Session, Self);
    }

    private void HandleLoginFailed(LoginFailed message)
    {
        _context.Metrics.LoginFailed();
        _audit.Claimed(message.Claimed);
        Close(message.Code, message.Message, message.Detail);
    }

    private void HandleNoted(Noted message)
    {
        var session = _session = _proven!.Session;
        Timers.Cancel(nameof(LoginTimedOut));
        _framing.Tell(LiftLoginLimits.Instance);
        Send(new Authenticated(
            session.Account, _proven.ServerData, _context.Node, ServiceOffer.For(_context.Services, _rights!),
            _context.Channels.MaxPerConnection, _proven.Device).ToFrame());
        _proven = null;
        _context.Metrics.LoginSucceeded();
        _log.Info("{Remote} logged in as {Account} by {Mechanism}; connection {Connection}", _origin.Remote, session.Account, session.Mechanism, Id);
        Context.Parent.Tell(new ConnectionAuthenticated(session.Account));
        Become(Ready);
    }

    // The channels end themselves by it: what they let go on, a command by exec.on-revoke, they know and nobody else.
    private void HandleSessionRevoked(SessionRevoked message)
    {
        HandleRightsChanged(new RightsChanged(Rights.None));
        foreach (var channel in _liveChannels) channel.Tell(PoisonPill.Instance);
        _liveChannels.Clear();
        Close(ErrorCode.Forbidden, message.Message, message.Reason, isRevoked: true);
    }

    private void HandleRightsChanged(RightsChanged message)
    {
        _rights = message.Rights;
        _roles = message.Roles ?? _roles;
        foreach (var channel in _liveChannels) channel.Tell(message);
    }

    private void HandleReadyFrame(Frame frame)
    {
        if (frame.Type == FrameType.Open) HandleOpen(frame);
        else HandleOutOfTurn(frame, "the login is done");
    }

    private void HandleOutOfTurn(Frame frame, string expected)
    {
        if (frame.Type != FrameType.Goodbye)
            throw new ProtocolViolationException($"{frame.Type.ToWire()} came out of turn: {expected}.");
        var goodbye = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Goodbye);
        Close(null, goodbye.Code is { } code ? $"the client said goodbye: {code.ToWire()}" : "the client said goodbye");
    }

    private void HandleOpen(Frame frame)
    {
        var open = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.OpenChannel);
        if (_channels.ContainsKey(frame.Channel))
            throw new ProtocolViolationException($"OPEN came for channel {frame.Channel}, which is in use.");
        if (RefusalOf(frame.Channel, open) is { } refused)
        {
            if (refused.Code == ErrorCode.NotFound && ServiceOffer.AttemptOf(_context.Services, open) is { } attempt)
                new AuditTrail(_context.Audit, Id, frame.Channel, Account!, _origin.Remote)
                    .Note(attempt.Verb.ToWire(), ErrorCode.Forbidden.ToWire(), attempt.Scope);
            Send(refused.ToFrame(frame.Channel));
            return;
        }

        var service = _context.Services[open.Service];
        var channelContext = new ChannelContext(
            frame.Channel, _framing, Account!, Id, open, service.Window, _context.Channels)
        {
            Rights = _rights!,
            Session = _roles is null ? _session : _session! with { Roles = [.. _roles] },
            Protection = _origin.Protection.Name,
            Remote = _origin.Remote,
            Audit = _context.Audit,
        };
        var channel = Context.Watch(Context.ActorOf(service.CreateChannel(channelContext), ChannelName.For(frame.Channel, Context)));
        _channels.Add(frame.Channel, channel);
        _liveChannels.Add(channel);
        _framing.Tell(new RouteChannel(frame.Channel, channel, service.Window));
    }

    private ChannelRefused? RefusalOf(uint channel, OpenChannel open)
    {
        if (_draining)
            return new ChannelRefused(ErrorCode.Unavailable, "the node is stopping; connect again later");
        if (_channels.Count >= _context.Channels.MaxPerConnection)
            return new ChannelRefused(
                ErrorCode.TooMany,
                $"{_channels.Count} channels are open on this connection (actornet.channels.max-per-connection); close one first");
        return ServiceOffer.Refusal(_context.Services, open.Service, _rights!);
    }

    private void HandlePeerFinished(PeerFinished message)
    {
        _peerFinished = true;
        Timers.StartSingleTimer(nameof(LingerTimedOut), LingerTimedOut.Instance, _context.Settings.HalfCloseLinger);
        if (Account is null) Close(null, "the client left before the login");
        else CloseIfFinished();
    }

    private void HandleDrain(Drain message)
    {
        _draining = true;
        foreach (var channel in _liveChannels) channel.Tell(message);
        if (Account is null) Close(ErrorCode.Unavailable, "the node is stopping");
        else CloseIfFinished();
    }

    private void HandleTerminated(Terminated message)
    {
        if (message.ActorRef.Equals(_framing))
        {
            // Not after TransportClosed: the framing failed, and its transport dies with it.
            _reason ??= new CloseReason(ErrorCode.Internal, "the framing failed");
            LogEnd(_reason.Detail, 0, 0);
            Context.Stop(Self);
            return;
        }

        if (message.ActorRef.Equals(_login))
        {
            // It says how it ended before it does.
            if (Account is null && _proven is null) Close(ErrorCode.Internal, "the login failed; the node's log says more");
            return;
        }

        if (!_liveChannels.Remove(message.ActorRef)) return;
        foreach (var (id, channel) in _channels)
        {
            if (channel.Equals(message.ActorRef)) _framing.Tell(new ChannelLost(id));
        }

        CloseIfFinished();
    }

    private void CloseIfFinished()
    {
        if (_liveChannels.Count > 0) return;
        if (_draining) Close(ErrorCode.Unavailable, "the node is stopping");
        else if (_peerFinished) Close(null, "the client closed its side");
    }

    private void HandleTransportClosed(TransportClosed message)
    {
        LogEnd(message.Detail, message.BytesIn, message.BytesOut);
        Context.Unwatch(_framing);
        Context.Stop(Self);
    }

    private void Each(ConnectionFrames message, Action<Frame> handle)
    {
        foreach (var frame in message.Frames)
        {
            if (_reason is not null) break;
            try
            {
                handle(frame);
            }
            catch (ProtocolViolationException violation)
            {
                Close(violation.Code, violation.Message);
            }
        }

        _framing.Tell(ConnectionFramesHandled.Instance);
    }

    // Everybody's way out; the first reason counts. The detail is for the log alone.
    private void Close(ErrorCode? code, string message, string? detail = null, bool isRevoked = false)
    {
        if (_reason is not null) return;
        _reason = new CloseReason(code, detail ?? message);
        TellOfLogin(_reason);
        _framing.Tell(new FinishConnection(new Goodbye(code, code is null ? null : message).ToFrame(), isRevoked));
        // Nothing of theirs is sent any more: what they run ends now, and not when the peer has taken its time to close.
        foreach (var channel in _liveChannels) Context.Stop(channel);
        if (!_login.IsNobody()) Context.Stop(_login);
        Become(Closing);
    }

    // Before a login: to the listener what counts against the source, to the audit what became of the login that was tried.
    private void TellOfLogin(CloseReason reason)
    {
        if (Account is not null || _isFaultTold) return;
        _isFaultTold = true;
        _audit.LoginEnded(reason.Code, reason.Detail);
        if (_proven is null && LoginFault.Of(reason.Code, _audit.HasTried) is { } fault) Context.Parent.Tell(new ConnectionFault(fault));
    }

    private void LogEnd(string transport, long bytesIn, long bytesOut)
    {
        _isEndLogged = true;
        var reason = _reason ?? new CloseReason(null, transport);
        TellOfLogin(reason);
        var seconds = (Context.System.Scheduler.MonotonicClock - _started).TotalSeconds;
        _audit.Ended(reason.Code, reason.Detail, bytesIn, bytesOut, seconds);
        _context.Metrics.ConnectionClosed(reason.Code, bytesIn, bytesOut);
        _log.Info(
            "{Remote} closed: {Reason} ({Code}); account {Account}, {Seconds:0.000} s, {BytesIn} bytes in, {BytesOut} out",
            [_origin.Remote, reason.Detail, reason.Code?.ToWire() ?? "ok", Account ?? "none", seconds, bytesIn, bytesOut]);
    }

    private void Send(in Frame frame) => _framing.Tell(new SendFrames(0, [frame]));

    protected override void PreStart()
    {
        var left = _started + _context.Settings.LoginTimeout - Context.System.Scheduler.MonotonicClock;
        Timers.StartSingleTimer(nameof(LoginTimedOut), LoginTimedOut.Instance, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    // Also when this actor fails, or its listener is stopped, the connection is counted off and its end is in the log.
    protected override void PostStop()
    {
        if (_isEndLogged) return;
        // No fault of the client's.
        _isFaultTold = true;
        LogEnd("cut off by this side", 0, 0);
    }

    // A child that fails is not restarted: its state was the protocol's.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private sealed record CloseReason(ErrorCode? Code, string Detail);

    private sealed record LoginTimedOut
    {
        public static readonly LoginTimedOut Instance = new();
    }

    private sealed record LingerTimedOut
    {
        public static readonly LingerTimedOut Instance = new();
    }
}
