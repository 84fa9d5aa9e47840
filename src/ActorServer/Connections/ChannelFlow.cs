using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// The bytes of one channel: windows in both directions, order, messages that wait for the client's window, and the close. What a service
/// derives from is <see cref="ChannelActor"/>, which adds when it may begin, and what it may.
/// </summary>
public abstract class ChannelFlow : ReceiveActor, IWithTimers
{
    private readonly ChannelContext _context;
    private readonly SendCredit _credit;
    private readonly PushQueue _pushes;
    private readonly FrameBatch _batch = new();
    private int _consumed;
    private ChannelState _state = ChannelState.Opening;
    private Frame? _closeAfterPushes;
    private bool _pushTimerRuns;
    private long _takenBeforePushAge;

    private protected ChannelFlow(ChannelContext context)
    {
        _context = context;
        _credit = new SendCredit(context.Id, context.Open.Window, context.Settings.OutboundLimit);
        _pushes = new PushQueue(context.Settings.PushLimit);

        Receive<FramesFlushed>(HandleFramesFlushed);
        Receive<PushAgeReached>(HandlePushAgeReached);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What this channel was told at its birth.</summary>
    protected ChannelContext Channel => _context;

    /// <summary>What the channel was closed or refused with by this side; null: by nothing, or not yet.</summary>
    protected ErrorCode? EndCode { get; private set; }

    /// <summary>Bytes of DATA or EXTENDED_DATA that may be sent now. Zero until <see cref="Opened"/> and after the end.</summary>
    protected int Sendable => _state == ChannelState.Open && _pushes.IsEmpty ? _credit.Available : 0;

    /// <summary>Whether this side has said its last word.</summary>
    private protected bool IsEnded => _state == ChannelState.Ended;

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

    /// <summary>The client closed the channel before this side did. The actor stops after it.</summary>
    protected virtual void OnPeerClosed()
    {
    }

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

    private protected void HandleFrames(ChannelFrames message)
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

    private protected void CloseWithoutPushes(ErrorCode code, string message)
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
