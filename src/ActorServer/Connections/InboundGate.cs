using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>
/// Which frames of the client get in, and to whom: the route table, the limits before the login and the state of every channel. Collects
/// the frames of one read, so that each receiver is told once. Not thread-safe.
/// </summary>
public sealed class InboundGate(ConnectionSettings settings)
{
    private readonly Dictionary<uint, ChannelRoute> _routes = [];
    private readonly List<ChannelRoute> _touched = [];
    private readonly FrameBatch _forConnection = new();
    // Numbers of OPENs that the connection has not dealt with, and whether CLOSE came after: it is kept for the route to come. Bounded by
    // one read, as the next waits for the connection.
    private readonly Dictionary<uint, bool> _opening = [];
    // Most frames are of the channel of the frame before.
    private ChannelRoute? _lastFound;
    private int _loginBytes;
    private int _loginFrames;

    /// <summary>Whether the login has succeeded.</summary>
    public bool LoggedIn { get; set; }

    /// <summary>Counts what came in against the limit before the login.</summary>
    /// <exception cref="ProtocolViolationException">Too much.</exception>
    public void CountBytes(int bytes)
    {
        if (LoggedIn) return;
        _loginBytes += bytes;
        if (_loginBytes > settings.LoginBytes)
            throw new ProtocolViolationException(
                ErrorCode.TooLarge, $"More than {settings.LoginBytes} bytes before the login (actornet.connections.login-bytes).");
    }

    /// <summary>Lets a frame in; true if it is the framing's own to handle.</summary>
    /// <exception cref="ProtocolViolationException">The frame may not come, not yet, or not in this state of its channel.</exception>
    public bool Accept(in Frame frame)
    {
        var route = Routes.Find(frame.Type)
            ?? throw new ProtocolViolationException($"{frame.Type.ToWire()} is sent by servers only.");
        if (!LoggedIn) CheckLogin(route);
        switch (route.Handler)
        {
            case FrameHandler.Connection:
                _forConnection.Add(frame);
                if (frame.Type == FrameType.Open) _opening.TryAdd(frame.Channel, false);
                return false;
            case FrameHandler.Channel:
                AcceptForChannel(frame);
                return false;
            default:
                return true;
        }
    }

    /// <summary>Tells everybody what the frames accepted since the last call bring them; true if the connection was told some.</summary>
    public bool Deliver(IActorRef connection, IActorRef framing)
    {
        foreach (var route in _touched)
        {
            if (route.IsEnded)
            {
                Remove(route.Id);
                connection.Tell(new ChannelEnded(route.Id), framing);
            }
            else
            {
                route.Actor.Tell(new ChannelFrames(route.TakePending()), framing);
            }
        }

        _touched.Clear();
        // After the channels that ended: an OPEN in the same read may use one of their numbers.
        if (_forConnection.Count == 0) return false;
        connection.Tell(new ConnectionFrames(_forConnection.Take()), framing);
        return true;
    }

    /// <summary>The channel with this number, or null.</summary>
    public ChannelRoute? Find(uint channel) =>
        _lastFound?.Id == channel ? _lastFound : _lastFound = _routes.GetValueOrDefault(channel);

    /// <summary>Lets frames of a new channel in.</summary>
    public void Add(ChannelRoute route)
    {
        _routes.Add(route.Id, route);
        if (_opening.Remove(route.Id, out var isClosed) && isClosed) AcceptForChannel(new ChannelClosed().ToFrame(route.Id));
    }

    /// <summary>The connection has answered every OPEN it was told of.</summary>
    public void ConnectionHandled() => _opening.Clear();

    /// <summary>Forgets a channel.</summary>
    public void Remove(uint channel)
    {
        _lastFound = null;
        _routes.Remove(channel);
    }

    /// <summary>The client sends nothing more: every channel is at its EOF. Returns the channels that ended by it.</summary>
    public IReadOnlyList<ChannelRoute> PeerFinished()
    {
        foreach (var route in _routes.Values) Finish(route);
        return [.. _routes.Values.Where(r => r.IsEnded)];
    }

    /// <summary>The same for one channel that was added later.</summary>
    public static void Finish(ChannelRoute route)
    {
        if (route.PeerFinished()) route.Actor.Tell(new ChannelFrames([new Frame(FrameType.Eof, route.Id, default)]));
        route.Actor.Tell(Connections.PeerFinished.Instance);
    }

    private void CheckLogin(Route route)
    {
        if (!route.BeforeLogin)
            throw new ProtocolViolationException(ErrorCode.Unauthenticated, $"{route.Type.ToWire()} came before the login.");
        if (++_loginFrames > settings.LoginFrames)
            throw new ProtocolViolationException(
                ErrorCode.TooMany, $"More than {settings.LoginFrames} frames before the login (actornet.connections.login-frames).");
    }

    private void AcceptForChannel(in Frame frame)
    {
        if (Find(frame.Channel) is not { } route)
        {
            if (frame.Type == FrameType.Close)
            {
                // Otherwise it has crossed our REFUSED.
                if (_opening.ContainsKey(frame.Channel)) _opening[frame.Channel] = true;
                return;
            }

            throw new ProtocolViolationException($"{frame.Type.ToWire()} came for channel {frame.Channel}, which is not open.");
        }

        var isFirst = !route.HasPending;
        var isForActor = route.Receive(frame);
        if (isForActor ? isFirst : route.IsEnded) _touched.Add(route);
    }
}
