using System.Collections.Immutable;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// One channel as the framing sees it: who handles its frames, how far each side has come towards its close, and what the client may
/// still send. Not thread-safe.
/// </summary>
public sealed class ChannelRoute(uint id, IActorRef actor, ChannelWindow window)
{
    private readonly ReceiveWindow _window = new(id, window.Initial, window.Maximum);
    private readonly FrameBatch _pending = new();
    private bool _opened;
    private bool _peerEof;
    private bool _peerClosed;
    private bool _closed;

    /// <summary>The channel's number.</summary>
    public uint Id { get; } = id;

    /// <summary>The actor of the channel.</summary>
    public IActorRef Actor { get; } = actor;

    /// <summary>Whether OPENED was sent.</summary>
    public bool IsOpened => _opened;

    /// <summary>Whether this side has said its last word.</summary>
    public bool IsClosed => _closed;

    /// <summary>Whether the number is free again.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether frames wait for <see cref="TakePending"/>.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>Checks a frame of the client; true if it is meant for the channel's actor, and then it waits in <see cref="TakePending"/>.</summary>
    /// <exception cref="ProtocolViolationException">The frame breaks a rule of channels.</exception>
    public bool Receive(in Frame frame)
    {
        if (!_opened && frame.Type != FrameType.Close) throw Violation(frame, "came before the answer to OPEN");
        if (_peerClosed) throw Violation(frame, "came after CLOSE");
        if (frame.Type.SpendsWindow())
        {
            if (_peerEof && frame.Type.IsStream()) throw Violation(frame, "came after EOF");
            _window.Receive(frame.Payload.Length);
        }
        else if (frame.Type == FrameType.Eof)
        {
            if (_peerEof) throw Violation(frame, "came twice");
            _peerEof = true;
        }
        else if (frame.Type == FrameType.Close)
        {
            _peerClosed = true;
            IsEnded = _closed;
        }

        if (_closed) return false;
        _pending.Add(frame);
        return true;
    }

    /// <summary>Notes what this side sends.</summary>
    public void Sending(FrameType type)
    {
        switch (type)
        {
            case FrameType.Opened:
                _opened = true;
                break;
            case FrameType.Refused:
                _closed = true;
                IsEnded = true;
                break;
            case FrameType.Close:
                _closed = true;
                IsEnded = _peerClosed;
                break;
        }
    }

    /// <summary>Notes that received bytes are dealt with; the bytes to grant to the client now, or 0.</summary>
    public uint Consume(int bytes)
    {
        var grant = _window.Consume(bytes);
        return _closed || _peerClosed ? 0 : grant;
    }

    /// <summary>The client's half of the connection is at its end: the same as EOF and CLOSE; true if the actor has to be told EOF.</summary>
    public bool PeerFinished()
    {
        _peerClosed = true;
        IsEnded = _closed;
        if (_peerEof || _closed) return false;
        _peerEof = true;
        return true;
    }

    /// <summary>The frames of one read, and none any more.</summary>
    public ImmutableArray<Frame> TakePending() => _pending.Take();

    private ProtocolViolationException Violation(in Frame frame, string what) =>
        new($"{frame.Type.ToWire()} on channel {Id} {what}.");
}
