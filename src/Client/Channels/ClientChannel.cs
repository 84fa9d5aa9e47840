using ActorNet.Client.Connections;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Channels;

/// <summary>
/// One channel: its windows, its order, its half-close and its end. Frames come from the connection's read loop, one at
/// a time; everything else may be called from anywhere. The service decides what messages mean.
/// </summary>
internal sealed class ClientChannel : IAsyncDisposable
{
    private readonly Outbox _outbox;
    private readonly IChannelService _service;
    private readonly ReceiveWindow _window;
    private readonly SendGate _sendGate;
    private readonly SemaphoreSlim _sendTurn = new(1);
    private readonly TaskCompletionSource<ChannelOpened> _opened = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private ChannelState _state = ChannelState.Opening;
    private bool _openedSeen;
    private bool _eofSeen;
    private bool _eofSent;
    private bool _endSaid;

    public ClientChannel(uint id, string name, ChannelSizes sizes, Outbox outbox, IChannelService service)
    {
        Id = id;
        Name = name;
        _outbox = outbox;
        _service = service;
        _window = new ReceiveWindow(id, sizes.Initial, sizes.Maximum);
        _sendGate = new SendGate(id);
        Data = new ChannelInput(sizes.Segment, Consume);
        ExtendedData = new ChannelInput(sizes.Segment, Consume);
    }

    public uint Id { get; }

    /// <summary>The service, for messages to people.</summary>
    public string Name { get; }

    public ChannelInput Data { get; }

    public ChannelInput ExtendedData { get; }

    /// <summary>What the server said to OPEN; fails when it refused.</summary>
    public Task<ChannelOpened> Opened => _opened.Task;

    /// <summary>Sends a piece of the stream, as the server's window allows.</summary>
    public async ValueTask SendDataAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _sendTurn.WaitAsync(cancellation);
        try
        {
            while (!bytes.IsEmpty)
            {
                var piece = bytes[..Math.Min(bytes.Length, ProtocolLimits.MaxPayload)];
                bytes = bytes[await SendAsync(FrameType.Data, piece, 1, cancellation)..];
            }
        }
        finally
        {
            _sendTurn.Release();
        }
    }

    /// <summary>Sends a message, when the server's window has room for the whole of it.</summary>
    public async ValueTask SendMessageAsync(ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        if (json.Length > ProtocolLimits.MaxPayload)
            throw new ActorNetException(
                ErrorCode.TooLarge,
                $"a message of {json.Length} bytes does not fit a frame; the limit is {ProtocolLimits.MaxPayload}");
        await _sendTurn.WaitAsync(cancellation);
        try
        {
            await SendAsync(FrameType.Message, json, json.Length, cancellation);
        }
        finally
        {
            _sendTurn.Release();
        }
    }

    /// <summary>
    /// Says that the stream is at its end; messages may follow. A second time, or on a channel that is over, it says
    /// nothing.
    /// </summary>
    public void SendEof()
    {
        lock (_gate)
        {
            if (_eofSent || _state != ChannelState.Open) return;
            _eofSent = true;
            _outbox.Enqueue(new Frame(FrameType.Eof, Id, default));
        }
    }

    /// <summary>So many received bytes were dealt with: the server may send as many again.</summary>
    public void Consume(int bytes)
    {
        lock (_gate)
        {
            var grant = _window.Consume(bytes);
            if (grant > 0 && _state == ChannelState.Open) _outbox.Enqueue(WindowGrant.ToFrame(Id, grant));
        }
    }

    /// <summary>
    /// This side is done with the channel. It may say so before OPENED, and then OPENED or REFUSED may still cross it.
    /// </summary>
    public void Close(ErrorCode? code = null, string? message = null)
    {
        var reason = new ActorNetException(code, message ?? $"the {Name} channel was closed by this side");
        lock (_gate)
        {
            if (_state is not (ChannelState.Opening or ChannelState.Open)) return;
            _state = ChannelState.CloseSent;
            _sendGate.Close(reason);
            _outbox.Enqueue(new ChannelClosed(code, message).ToFrame(Id));
        }

        End(reason);
    }

    public ValueTask DisposeAsync()
    {
        Data.Abandon();
        ExtendedData.Abandon();
        Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Read loop: a frame of this channel. True when the channel is over on both sides and its number free.
    /// </summary>
    /// <exception cref="ProtocolViolationException">The server broke the rules of the channel.</exception>
    public bool Handle(in Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Opened: HandleOpened(frame); return false;
            case FrameType.Refused: HandleRefused(frame); return true;
            case FrameType.Data: HandleStream(frame, Data); return false;
            case FrameType.ExtendedData: HandleStream(frame, ExtendedData); return false;
            case FrameType.Message: HandleMessage(frame); return false;
            case FrameType.Window: _sendGate.Grow(WindowGrant.Parse(frame)); return false;
            case FrameType.Eof: HandleEof(); return false;
            case FrameType.Close: HandleClose(frame); return true;
            default:
                throw new ProtocolViolationException(
                $"{frame.Type.ToWire()} on channel {Id} is not the server's to send.");
        }
    }

    /// <summary>Read loop: shows readers what <see cref="Handle"/> brought.</summary>
    public void FlushInputs()
    {
        Data.Flush();
        ExtendedData.Flush();
    }

    /// <summary>The connection is over, and the channel with it.</summary>
    public void Fail(ActorNetException reason)
    {
        lock (_gate) _state = ChannelState.Closed;
        End(reason);
    }

    // Sends as much as the window has, at least so much. Room in the outbox first: a wait that is cancelled must not
    // have spent the window.
    private async ValueTask<int> SendAsync(
        FrameType type, ReadOnlyMemory<byte> bytes, int least, CancellationToken cancellation)
    {
        while (true)
        {
            await _outbox.WaitForSpaceAsync(cancellation);
            var sent = TrySend(type, bytes, least);
            if (sent > 0) return sent;
            await _sendGate.WaitAsync(least, cancellation);
        }
    }

    // Under the lock that EOF and CLOSE are said under: no bytes may follow the one, and nothing the other.
    private int TrySend(FrameType type, ReadOnlyMemory<byte> bytes, int least)
    {
        lock (_gate)
        {
            if (_eofSent && type.IsStream())
                throw new ActorNetException(null, $"the {Name} channel was told that no more bytes would be sent");
            var count = _sendGate.TryTake(least, bytes.Length);
            if (count > 0) _outbox.Enqueue(new Frame(type, Id, bytes[..count]));
            return count;
        }
    }

    private void HandleOpened(in Frame frame)
    {
        var opened = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelOpened);
        _sendGate.Open(opened.Window);
        lock (_gate)
        {
            if (_openedSeen) throw new ProtocolViolationException($"OPENED came twice on channel {Id}.");
            _openedSeen = true;
            if (_state != ChannelState.Opening) return;
            _state = ChannelState.Open;
        }

        _opened.TrySetResult(opened);
    }

    private void HandleRefused(in Frame frame)
    {
        var refused = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelRefused);
        lock (_gate)
        {
            if (_openedSeen) throw new ProtocolViolationException($"REFUSED came on channel {Id}, which is open.");
            _state = ChannelState.Closed;
        }

        End(new ActorNetException(refused.Code, refused.Message));
    }

    private void HandleStream(in Frame frame, ChannelInput input)
    {
        Receive(frame);
        input.Write(frame.Payload.Span);
    }

    private void HandleMessage(in Frame frame)
    {
        Receive(frame);
        bool consumed;
        lock (_gate) consumed = _state != ChannelState.Open;
        try
        {
            if (consumed || _service.HandleMessage(this, frame.Payload)) Consume(frame.Payload.Length);
        }
        catch (ProtocolViolationException violation)
        {
            // found in the service's own message: it ends the channel, not the connection
            Close(violation.Code, violation.Message);
        }
    }

    private void HandleEof()
    {
        lock (_gate)
        {
            if (!_openedSeen || _eofSeen)
                throw new ProtocolViolationException($"EOF came on channel {Id} before OPENED, or twice.");
            _eofSeen = true;
        }

        EndInputs(null);
    }

    private void HandleClose(in Frame frame)
    {
        var closed = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed);
        var reason = closed.Code is null ? null : new ActorNetException(
            closed.Code, closed.Message ?? $"the server closed the {Name} channel");
        lock (_gate)
        {
            if (_state == ChannelState.Opening)
                throw new ProtocolViolationException($"CLOSE came on channel {Id} before OPENED.");
            _sendGate.Close(reason ?? ClosedByServer());
            if (_state == ChannelState.Open) _outbox.Enqueue(new ChannelClosed().ToFrame(Id));
            _state = ChannelState.Closed;
        }

        End(reason);
    }

    private void Receive(in Frame frame)
    {
        lock (_gate)
        {
            if (!_openedSeen)
                throw new ProtocolViolationException($"{frame.Type.ToWire()} came on channel {Id} before OPENED.");
            if (_eofSeen && frame.Type.IsStream())
                throw new ProtocolViolationException($"{frame.Type.ToWire()} came on channel {Id} after EOF.");
            _window.Receive(frame.Payload.Length);
        }
    }

    private void End(ActorNetException? reason)
    {
        lock (_gate)
        {
            if (_endSaid) return;
            _endSaid = true;
        }

        var toSenders = reason ?? ClosedByServer();
        if (_opened.TrySetException(toSenders)) _ = _opened.Task.Exception;
        _sendGate.Close(toSenders);
        EndInputs(reason);
        _service.HandleEnd(reason);
    }

    private ActorNetException ClosedByServer() => new(null, $"the server has closed the {Name} channel");

    private void EndInputs(ActorNetException? reason)
    {
        Data.End(reason);
        ExtendedData.End(reason);
    }

    private enum ChannelState
    {
        Opening,
        Open,
        CloseSent,
        Closed,
    }
}
