using System.Text.Json.Serialization.Metadata;
using ActorNet.Client.Auth;
using ActorNet.Client.Channels;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Connections;

/// <summary>
/// A connection that is logged in: one loop reads and hands frames to their channels, one loop writes. Everything ends
/// in <see cref="End"/>; the first reason wins, and every pending operation gets it.
/// </summary>
internal sealed class ClientConnection : IAsyncDisposable
{
    private static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(1);

    private readonly Link _link;
    private readonly FrameSource _source;
    private readonly Outbox _outbox;
    private readonly ClientOptions _options;
    private readonly ChannelTable _channels = new();
    private readonly PendingPings _pings;
    private readonly SignOfLife _life;
    private readonly List<ClientChannel> _touched = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _writing;
    private Task _reading = Task.CompletedTask;

    public ClientConnection(
        Link link, FrameSource source, Outbox outbox, Task writing, Login login, ClientOptions options)
    {
        (_link, _source, _outbox, _writing, Login, _options) = (link, source, outbox, writing, login, options);
        _pings = new PendingPings(options.TimeProvider);
        _life = new SignOfLife(options);
    }

    /// <summary>How the login went, and what the server said of itself at its end.</summary>
    public Login Login { get; }

    /// <summary>Starts the loops.</summary>
    public void Start()
    {
        _reading = ReadAsync();
        _ = WatchWritingAsync();
        _ = WatchLifeAsync();
    }

    /// <summary>Opens a channel and waits for the server's word on it.</summary>
    /// <exception cref="ActorNetException">The server refused.</exception>
    public async Task<ClientChannel> OpenAsync<T>(
        string service, ChannelSizes sizes, T parameters, JsonTypeInfo<T> type, IChannelService handler,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var open = new OpenChannel(service, (uint)sizes.Initial, ProtocolJson.ToElement(parameters, type));
        var channel = _channels.Add(id => new ClientChannel(id, service, sizes, _outbox, handler));
        var frame = open.ToFrame(channel.Id);
        if (frame.Payload.Length > ProtocolLimits.MaxPayload)
        {
            _channels.Remove(channel.Id);
            throw new ActorNetException(
                ErrorCode.TooLarge,
                $"the request has {frame.Payload.Length} bytes and a frame at most {ProtocolLimits.MaxPayload}");
        }

        _outbox.Enqueue(frame);
        try
        {
            await channel.Opened.WaitAsync(cancellation);
            return channel;
        }
        catch (ActorNetException e) when (e.Code == ErrorCode.NotFound && !Login.Server.Services.Contains(service))
        {
            throw new ServiceNotOfferedException(service, Login.Server.Services, e);
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for a PONG.</summary>
    public Task<TimeSpan> PingAsync(CancellationToken cancellation)
    {
        var (ping, answer) = _pings.Start(cancellation);
        _outbox.Enqueue(ping);
        if (_channels.Closed is { } reason) _pings.Fail(reason);
        return answer;
    }

    /// <summary>Says GOODBYE, waits a moment for the server to close, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        End(new ConnectionLostException(null, "the connection was closed by this side"), new Goodbye());
        try
        {
            await Task.WhenAll(_writing, _reading).WaitAsync(CloseWait, _options.TimeProvider);
        }
        catch (Exception e) when (e is TimeoutException || Link.IsLoss(e))
        {
            // It does not matter any more how the other side takes it.
        }

        _link.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            do
            {
                _life.Seen();
                Dispatch();
            }
            while (await _source.ReadAsync(CancellationToken.None));

            End(new ConnectionLostException(null, $"{_options.Server} closed the connection"), null);
        }
        catch (ProtocolViolationException e)
        {
            End(
                new ConnectionLostException(e.Code, $"{_options.Server} broke the protocol: {e.Message}", e),
                new Goodbye(e.Code, e.Message));
        }
        catch (Exception e) when (Link.IsLoss(e))
        {
            End(Lost(e), null);
        }
    }

    private void Dispatch()
    {
        while (_source.TryTake(out var frame))
        {
            if (frame.Channel == 0) HandleConnectionFrame(frame);
            else HandleChannelFrame(frame);
        }

        foreach (var channel in _touched) channel.FlushInputs();
        _touched.Clear();
    }

    private void HandleChannelFrame(in Frame frame)
    {
        if (!_channels.TryGet(frame.Channel, out var channel))
        {
            if (frame.Type == FrameType.Close) return;
            throw new ProtocolViolationException(
                $"{frame.Type.ToWire()} came on channel {frame.Channel}, which is not open.");
        }

        if (channel.Handle(frame)) _channels.Remove(frame.Channel);
        if (frame.Type.IsStream() && !_touched.Contains(channel)) _touched.Add(channel);
    }

    private void HandleConnectionFrame(in Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Ping when frame.Payload.Length <= ProtocolLimits.MaxPingPayload:
                if (!_outbox.TryAnswer(new Frame(FrameType.Pong, 0, frame.Payload)))
                    throw new ProtocolViolationException(ErrorCode.SlowConsumer, "it asks without reading the answers");
                break;
            case FrameType.Pong:
                _pings.Answered(frame);
                break;
            case FrameType.Goodbye:
                var goodbye = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Goodbye);
                End(
                    new ConnectionLostException(
                        goodbye.Code, $"{_options.Server} ended the connection: {GoodbyeText.Of(goodbye)}"), null);
                break;
            default:
                throw new ProtocolViolationException($"{frame} has no place after the login.");
        }
    }

    private async Task WatchWritingAsync()
    {
        try
        {
            await _writing;
        }
        catch (Exception e) when (Link.IsLoss(e))
        {
            End(Lost(e), null);
        }
    }

    private async Task WatchLifeAsync()
    {
        if (await _life.WatchAsync(() => _outbox.Enqueue(PendingPings.ToFrame(0)), _ended.Token)) return;
        End(
            new ConnectionLostException(
                ErrorCode.Timeout,
                $"nothing came from {_options.Server} for {_options.LostAfter.TotalSeconds:0.#} seconds"), null);
        _link.Dispose();
    }

    private ConnectionLostException Lost(Exception e) =>
        new(null, $"the connection to {_options.Server} was lost: {e.Message}", e);

    private void End(ActorNetException reason, Goodbye? last)
    {
        if (!_channels.Close(reason)) return;
        _pings.Fail(reason);
        _ended.Cancel();
        if (last is null) _outbox.Finish();
        else _outbox.Finish(last.ToFrame());
    }
}
