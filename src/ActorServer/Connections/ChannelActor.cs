using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// Base of the actor of one channel: an adapter between frames and the messages of a service. Knows windows, order, half-close and
/// close; the service's class derives from it and knows nothing of them. Child of its ConnectionActor.
///
/// A derived actor answers <see cref="OnStart"/> with <see cref="Opened"/> or <see cref="Refuse"/>, now or later; then consumes what
/// comes (<see cref="Consumed"/>), sends while <see cref="Sendable"/> allows and goes on in <see cref="OnSendable"/>, and ends with
/// <see cref="Close"/>. What is sent while one message is handled leaves in one batch.
///
/// This is where rights are checked, and nowhere else: OPEN before <see cref="OnStart"/>, a request inside the channel by
/// <see cref="Require"/>. Nothing is done before the audit has it; a right that is taken away ends the channel.
/// </summary>
public abstract class ChannelActor : ReceiveActor, IWithTimers
{
    private readonly ChannelContext _context;
    private readonly SendCredit _credit;
    private readonly PushQueue _pushes;
    private readonly FrameBatch _batch = new();
    private readonly ChannelAccess _access;
    private List<Action>? _untilStarted; // what came while the audit was asked about OPEN: the end of the client, the node's drain
    private int _consumed;
    private ChannelState _state = ChannelState.Opening;
    private Frame? _closeAfterPushes;
    private bool _pushTimerRuns;
    private long _takenBeforePushAge;

    protected ChannelActor(ChannelContext context)
    {
        _context = context;
        _credit = new SendCredit(context.Id, context.Open.Window, context.Settings.OutboundLimit);
        _pushes = new PushQueue(context.Settings.PushLimit);
        _access = new ChannelAccess(context.Rights, context.Trail, Self);

        Receive<ChannelFrames>(HandleChannelFrames);
        Receive<FramesFlushed>(HandleFramesFlushed);
        Receive<StartChannel>(HandleStartChannel);
        Receive<Noted>(_access.HandleNoted);
        Receive<NotNoted>(_access.HandleNotNoted);
        Receive<RightsChanged>(HandleRightsChanged);
        Receive<PeerFinished>(_ => OnceStarted(OnPeerFinished));
        Receive<Drain>(_ => OnceStarted(OnDrain));
        Receive<PushAgeReached>(HandlePushAgeReached);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What this channel was told at its birth.</summary>
    protected ChannelContext Channel => _context;

    /// <summary>What the account may do now.</summary>
    protected Rights Rights => _access.Rights;

    /// <summary>What the channel was closed or refused with by this side; null: by nothing, or not yet.</summary>
    protected ErrorCode? EndCode { get; private set; }

    /// <summary>What the audit is to know of an OPEN beside what it is done to.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> OpeningDetails => [];

    /// <summary>Bytes of DATA or EXTENDED_DATA that may be sent now. Zero until <see cref="Opened"/> and after the end.</summary>
    protected int Sendable => _state == ChannelState.Open && _pushes.IsEmpty ? _credit.Available : 0;

    /// <summary>The client asked for the channel: check <c>Channel.Open.Params</c>, then <see cref="Opened"/> or <see cref="Refuse"/>.</summary>
    protected abstract void OnStart();

    /// <summary>Bytes came. They were spent from the window until <see cref="Consumed"/>.</summary>
    protected virtual void OnData(ReadOnlyMemory<byte> bytes) => throw Unexpected(FrameType.Data);

    /// <summary>A message came. It is consumed when this returns.</summary>
    protected virtual void OnMessage(ReadOnlyMemory<byte> json) => throw Unexpected(FrameType.Message);

    /// <summary>The client sends nothing more.</summary>
    protected virtual void OnEof()
    {
    }

    /// <summary>More may be sent than before.</summary>
    protected virtual void OnSendable()
    {
    }

    /// <summary>The node is stopping: finish what is in progress, take nothing new. Closes at once unless overridden.</summary>
    protected virtual void OnDrain() => Close(ErrorCode.Unavailable, "the node is stopping");

    /// <summary>
    /// The client has closed its half of the connection: no message, window or CLOSE will come. What is in progress may still be finished.
    /// </summary>
    protected virtual void OnPeerFinished()
    {
    }

    /// <summary>The client closed the channel before this side did. The actor stops after it.</summary>
    protected virtual void OnPeerClosed()
    {
    }

    /// <summary>A right that the channel holds was taken away; it is closed after this.</summary>
    protected virtual void OnRightLost()
    {
    }

    /// <summary>
    /// Goes on with <paramref name="granted"/> when the account has the right and the audit has written it down, now or later; with
    /// <paramref name="refused"/> otherwise. What is granted is held until <see cref="Release"/>, or the right is taken away.
    /// </summary>
    protected void Require(
        Demand demand, Action granted, Action<ErrorCode, string> refused, params IReadOnlyList<KeyValuePair<string, string>> details) =>
        _access.Require(demand, details, granted, refused);

    /// <summary>What was granted is no longer made use of; false if it was not granted, or not any more.</summary>
    protected bool Release(Demand demand) => _access.Release(demand);

    /// <summary>Says OPENED.</summary>
    protected void Opened()
    {
        if (_state != ChannelState.Opening) return;
        _state = ChannelState.Open;
        Send(new ChannelOpened((uint)_context.Window.Initial).ToFrame(_context.Id));
    }

    /// <summary>Says OPENED with a result.</summary>
    protected void Opened<T>(T result, JsonTypeInfo<T> type)
    {
        if (_state != ChannelState.Opening) return;
        _state = ChannelState.Open;
        Send(new ChannelOpened((uint)_context.Window.Initial, ProtocolJson.ToElement(result, type)).ToFrame(_context.Id));
    }

    /// <summary>Says REFUSED and stops.</summary>
    protected void Refuse(ErrorCode code, string message)
    {
        if (_state != ChannelState.Opening) return;
        EndCode = code;
        End(new ChannelRefused(code, message).ToFrame(_context.Id));
    }

    /// <summary>Reads <c>params</c> of OPEN.</summary>
    /// <exception cref="ProtocolViolationException"><see cref="ErrorCode.Invalid"/>; thrown out of OnStart it refuses the channel.</exception>
    protected T Params<T>(JsonTypeInfo<T> type) => ProtocolJson.Decode(_context.Open.Params, type);

    /// <summary>So many bytes given to <see cref="OnData"/> are dealt with; the client may send as many again.</summary>
    protected void Consumed(int bytes) => _consumed += bytes;

    /// <summary>Sends a piece of the stream; at most <see cref="Sendable"/> bytes.</summary>
    protected void SendData(ReadOnlyMemory<byte> bytes) => SendStream(FrameType.Data, bytes);

    /// <summary>Sends a piece of the second stream; at most <see cref="Sendable"/> bytes.</summary>
    protected void SendExtendedData(ReadOnlyMemory<byte> bytes) => SendStream(FrameType.ExtendedData, bytes);

    /// <summary>Sends a message, or queues it until the client's window allows it; a client that lets too much queue up is closed.</summary>
    protected void SendMessage<T>(T message, JsonTypeInfo<T> type) => SendMessage(ProtocolJson.Encode(message, type));

    /// <summary>The same for a message that is encoded already, once for many channels.</summary>
    protected void SendMessage(ReadOnlyMemory<byte> json)
    {
        if (_state != ChannelState.Open) return;
        if (_pushes.IsEmpty && _credit.AvailableForMessage >= json.Length)
        {
            SendNow(json);
            return;
        }

        if (!_pushes.TryAdd(json))
        {
            CloseSlow($"{_pushes.Bytes} bytes of messages wait for the client's window and {json.Length} more do not fit");
            return;
        }

        if (!_pushTimerRuns) StartPushTimer();
    }

    /// <summary>Says that this side sends no more DATA and EXTENDED_DATA.</summary>
    protected void SendEof()
    {
        if (_state == ChannelState.Open) SendAfterPushes(new Frame(FrameType.Eof, _context.Id, default));
    }

    /// <summary>Says CLOSE, after the messages that still wait, and stops. Refuses the channel if it was not open yet.</summary>
    protected void Close(ErrorCode? code = null, string? message = null)
    {
        if (_state == ChannelState.Opening)
        {
            Refuse(code ?? ErrorCode.Unavailable, message ?? "the channel was closed before it was open");
            return;
        }

        if (_state != ChannelState.Open) return;
        EndCode = code;
        var close = new ChannelClosed(code, message).ToFrame(_context.Id);
        if (_pushes.IsEmpty)
        {
            End(close);
            return;
        }

        _state = ChannelState.Closing;
        _closeAfterPushes = close;
    }

    protected override void PostStop()
    {
        _access.Abandon();
        base.PostStop();
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        var handled = Guarded(receive, message);
        FlushBatch();
        return handled;
    }

    // A violation found in a channel's own message ends that channel; the framing's own checks have passed.
    private bool Guarded(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (ProtocolViolationException violation)
        {
            CloseWithoutPushes(violation.Code, violation.Message);
            return true;
        }
    }

    private void HandleStartChannel(StartChannel message)
    {
        if (_context.Access.Opening(_context.Open) is not { } demand)
        {
            OnStart();
            return;
        }

        _untilStarted = [];
        _access.Require(demand, OpeningDetails, Start, Refuse);
    }

    private void Start()
    {
        OnStart();
        var waiting = _untilStarted!;
        _untilStarted = null;
        foreach (var handle in waiting)
        {
            if (_state != ChannelState.Ended) handle();
        }
    }

    private void OnceStarted(Action handle)
    {
        if (_untilStarted is { } waiting) waiting.Add(handle);
        else handle();
    }

    private void HandleRightsChanged(RightsChanged message)
    {
        if (_state == ChannelState.Ended) return;
        if (_access.Change(message.Rights) is { } lost)
        {
            OnRightLost();
            CloseWithoutPushes(ErrorCode.Forbidden, $"the right {lost} was taken away");
        }
        else if (!_context.Access.IsOfferedTo(message.Rights))
        {
            CloseWithoutPushes(ErrorCode.Forbidden, $"the rights for the service {_context.Open.Service} were taken away");
        }
    }

    private void HandleChannelFrames(ChannelFrames message)
    {
        // Before OPENED nothing comes but CLOSE, which does not wait, and the end of a client that has closed its side.
        if (_untilStarted is { } waiting && message.Frames.All(frame => frame.Type != FrameType.Close))
            waiting.Add(() => HandleFrames(message));
        else
            HandleFrames(message);
    }

    private void HandleFrames(ChannelFrames message)
    {
        foreach (var frame in message.Frames)
        {
            if (_state == ChannelState.Ended) return;
            HandleFrame(frame);
        }
    }

    private void HandleFrame(in Frame frame)
    {
        // Once CLOSE is decided the service takes nothing new, even while older messages still wait to go out before it.
        if (_state == ChannelState.Closing && frame.Type is not (FrameType.Window or FrameType.Close)) return;
        switch (frame.Type)
        {
            case FrameType.Data:
                OnData(frame.Payload);
                break;
            case FrameType.Message:
                Consumed(frame.Payload.Length);
                OnMessage(frame.Payload);
                break;
            case FrameType.Window:
                _credit.Grow(WindowGrant.Parse(frame));
                ResumeSending();
                break;
            case FrameType.Eof:
                OnEof();
                break;
            case FrameType.Close:
                OnPeerClosed();
                if (_state != ChannelState.Ended) End(new ChannelClosed().ToFrame(_context.Id));
                break;
            default:
                throw Unexpected(frame.Type);
        }
    }

    private void HandleFramesFlushed(FramesFlushed message)
    {
        _credit.Flushed();
        ResumeSending();
    }

    private void ResumeSending()
    {
        while (_pushes.TryTake(_credit.AvailableForMessage, out var frame))
        {
            if (frame.Type == FrameType.Message) SendNow(frame.Payload);
            else Send(frame);
        }

        if (!_pushes.IsEmpty) return;
        if (_closeAfterPushes is { } close) End(close);
        else if (_state == ChannelState.Open && _credit.Available > 0) OnSendable();
    }

    // What waits when the timer starts must be gone when it fires. So a message is found too old between one and two times the age, for
    // one timer per age: no clock is read per message, and a queue that empties and fills again starts none.
    private void StartPushTimer()
    {
        _pushTimerRuns = true;
        _takenBeforePushAge = _pushes.Taken + _pushes.Count;
        Timers.StartSingleTimer(nameof(PushAgeReached), PushAgeReached.Instance, _context.Settings.PushAge);
    }

    private void HandlePushAgeReached(PushAgeReached message)
    {
        _pushTimerRuns = false;
        if (_pushes.Taken < _takenBeforePushAge)
            CloseSlow($"a message waited {_context.Settings.PushAge.TotalSeconds:0.###} s for the client's window");
        else if (!_pushes.IsEmpty)
            StartPushTimer();
    }

    private void SendStream(FrameType type, ReadOnlyMemory<byte> bytes)
    {
        if (_state != ChannelState.Open || bytes.IsEmpty) return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Sendable, nameof(bytes));
        _credit.Spend(bytes.Length);
        for (; bytes.Length > ProtocolLimits.MaxPayload; bytes = bytes[ProtocolLimits.MaxPayload..])
            Send(new Frame(type, _context.Id, bytes[..ProtocolLimits.MaxPayload]));
        Send(new Frame(type, _context.Id, bytes));
    }

    private void SendNow(ReadOnlyMemory<byte> json)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(json.Length, ProtocolLimits.MaxPayload, nameof(json));
        _credit.Spend(json.Length);
        Send(new Frame(FrameType.Message, _context.Id, json));
    }

    private void SendAfterPushes(Frame frame)
    {
        if (_pushes.IsEmpty) Send(frame);
        else _pushes.AddControl(frame);
    }

    private void Send(in Frame frame) => _batch.Add(frame);

    private void CloseSlow(string detail) =>
        CloseWithoutPushes(ErrorCode.SlowConsumer, $"{detail}; read faster, or join again and catch up");

    private void CloseWithoutPushes(ErrorCode code, string message)
    {
        _pushes.Clear();
        if (_state == ChannelState.Closing) _state = ChannelState.Open;
        Close(code, message);
    }

    private void End(in Frame last)
    {
        Send(last);
        _state = ChannelState.Ended;
        FlushBatch();
        Context.Stop(Self);
    }

    private void FlushBatch()
    {
        var notify = _credit.TakeMarker();
        if (_batch.Count == 0 && _consumed == 0 && !notify) return;
        _context.Framing.Tell(new SendFrames(_context.Id, _batch.Take(), _consumed, notify));
        _consumed = 0;
    }

    private ProtocolViolationException Unexpected(FrameType type) =>
        new($"{type.ToWire()} has no meaning in a channel of the service {_context.Open.Service}.");

    private enum ChannelState
    {
        Opening,
        Open,
        Closing,
        Ended,
    }

    private sealed record PushAgeReached
    {
        public static readonly PushAgeReached Instance = new();
    }
}
