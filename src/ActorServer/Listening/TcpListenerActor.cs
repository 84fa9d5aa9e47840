using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.IO;

namespace ActorNet.Server.Listening;

/// <summary>
/// One TCP port: binds it, takes or refuses connections, one ConnectionActor each. All connections die with this actor (Akka.IO ties
/// them to whoever bound the port), so it does nothing that can fail. Lives as long as the node.
/// </summary>
public sealed class TcpListenerActor : ReceiveActor, IWithTimers
{
    private const int ArmedAccepts = 16;
    private static readonly TimeSpan BindTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RebindAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromSeconds(10);

    private readonly ListenerSettings _settings;
    private readonly ConnectionContext _connections;
    private readonly IActorRef _tcp;
    private readonly Admission _admission;
    private readonly ILoggingAdapter _log;
    private readonly Dictionary<IActorRef, Client> _live = [];
    private readonly HashSet<IActorRef> _refusals = [];
    private readonly RefusalTally _unlogged = new();
    private readonly List<IActorRef> _waitingForEmpty = [];
    private IActorRef _starter = ActorRefs.Nobody;
    private IActorRef _stopper = ActorRefs.Nobody;
    private IActorRef _socket = ActorRefs.Nobody;
    private long _number;
    private bool _draining;
    private bool _wasBound;
    private bool _isStopped;

    /// <summary>
    /// Listens as <paramref name="settings"/> say, through <paramref name="tcp"/>, the manager of Akka.IO. All listeners of a node share
    /// one <paramref name="admission"/>.
    /// </summary>
    public TcpListenerActor(ListenerSettings settings, Admission admission, ConnectionContext connections, IActorRef tcp)
    {
        _settings = settings;
        _connections = connections;
        _tcp = tcp;
        _admission = admission;
        _log = Context.ServerLog();

        Receive<StartListening>(HandleStartListening);
        Receive<Tcp.CommandFailed>(failed => HandleBindFailed(failed.Cause.Value?.Message ?? "the system does not say why"));
        Receive<Tcp.Bound>(HandleBound);
        Receive<BindTimedOut>(_ => HandleBindFailed($"no answer within {BindTimeout.TotalSeconds} s"));
        Receive<Tcp.Connected>(HandleConnected);
        Receive<ConnectionAuthenticated>(HandleConnectionAuthenticated);
        Receive<ConnectionFault>(HandleConnectionFault);
        Receive<Terminated>(HandleTerminated);
        Receive<Drain>(HandleDrain);
        Receive<WhenEmpty>(HandleWhenEmpty);
        Receive<CountConnections>(HandleCountConnections);
        Receive<StopListening>(HandleStopListening);
        Receive<Tcp.Unbound>(_ => { });
        Receive<Rebind>(_ => Bind());
        Receive<RefusalSummary>(HandleRefusalSummary);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private void HandleStartListening(StartListening message)
    {
        _starter = Sender;
        Bind();
    }

    private void Bind()
    {
        _tcp.Tell(new Tcp.Bind(Self, _settings.Endpoint, _settings.Backlog, pullMode: true));
        Timers.StartSingleTimer(nameof(BindTimedOut), BindTimedOut.Instance, BindTimeout);
    }

    private void HandleBindFailed(string reason)
    {
        Timers.Cancel(nameof(BindTimedOut));
        // Not if it never was: the host has been told, once, and ends.
        if (_wasBound && !_isStopped) RebindLater($"{_settings.Endpoint} cannot be bound again: {reason}");
        _starter.Tell(new ListenerFailed(_settings.Name, reason));
        _starter = ActorRefs.Nobody;
    }

    private void HandleBound(Tcp.Bound message)
    {
        // After CommandFailed, Akka.IO sends a Bound without an address.
        if (message.LocalAddress is null) return;
        if (_isStopped)
        {
            Sender.Tell(Tcp.Unbind.Instance);
            return;
        }

        Timers.Cancel(nameof(BindTimedOut));
        _wasBound = true;
        _socket = Context.Watch(Sender);
        _socket.Tell(new Tcp.ResumeAccepting(ArmedAccepts));
        _starter.Tell(new ListenerBound(_settings.Name, message.LocalAddress));
        _starter = ActorRefs.Nobody;
    }

    private void HandleConnected(Tcp.Connected message)
    {
        if (message.RemoteAddress is not IPEndPoint remote)
        {
            // Gone before it could be asked who it is.
            Sender.Tell(Tcp.Abort.Instance);
            return;
        }

        if (!_settings.Rules.Permit(remote.Address))
        {
            NoteRefusal(remote, Refusal.NotAllowed);
            Sender.Tell(Tcp.Abort.Instance);
            return;
        }

        var refusal = _draining ? Refusal.Stopping : _admission.Admit(remote.Address, Context.System.Scheduler.MonotonicClock);
        if (refusal is not null)
        {
            Refuse(Sender, remote, refusal);
            return;
        }

        var transport = Sender;
        var origin = new ConnectionOrigin(remote.ToString(), remote.Address, TransportProtection.None);
        var connection = Context.Watch(Context.ActorOf(
            Props.Create(() => new ConnectionActor(_connections, transport, origin)), $"conn-{++_number}"));
        _live.Add(connection, new Client(remote.Address));
        _connections.Metrics.ConnectionAccepted();
    }

    private void Refuse(IActorRef transport, IPEndPoint remote, Refusal refusal)
    {
        NoteRefusal(remote, refusal);
        if (_refusals.Count < _admission.Settings.MaxRefusals)
            _refusals.Add(Context.Watch(Context.ActorOf(Props.Create(() => new RefusalActor(transport, refusal)))));
        else
            transport.Tell(Tcp.Abort.Instance);
    }

    // Whoever storms the port must not fill the log as well: one line tells of the first, one of how many came after it and why.
    private void NoteRefusal(IPEndPoint remote, Refusal refusal)
    {
        _connections.Metrics.ConnectionRefused(refusal.Code, refusal.Reason);
        if (Timers.IsTimerActive(nameof(RefusalSummary)))
        {
            _unlogged.Add(refusal);
            return;
        }

        _log.Warning("refused {Remote}: {Reason} ({Code})", remote, refusal.Message, refusal.Code.ToWire());
        Timers.StartSingleTimer(nameof(RefusalSummary), RefusalSummary.Instance, RefusalLogInterval);
    }

    private void HandleRefusalSummary(RefusalSummary message)
    {
        if (_unlogged.Total == 0) return;
        _log.Warning(
            "refused {Count} more connections within {Seconds} s: {Reasons}",
            _unlogged.Total, RefusalLogInterval.TotalSeconds, _unlogged.ToString());
        _unlogged.Clear();
    }

    private void HandleConnectionAuthenticated(ConnectionAuthenticated message)
    {
        if (!_live.TryGetValue(Sender, out var client)) return;
        client.LoggedIn = true;
        _admission.LoggedIn();
    }

    private void HandleConnectionFault(ConnectionFault message)
    {
        if (_live.TryGetValue(Sender, out var client))
            _admission.Fault(client.Address, message.Fault, Context.System.Scheduler.MonotonicClock);
    }

    private void HandleTerminated(Terminated message)
    {
        if (message.ActorRef.Equals(_socket)) HandleSocketGone();
        else if (_live.Remove(message.ActorRef, out var client)) HandleClientGone(client);
        else _refusals.Remove(message.ActorRef);
    }

    private void HandleClientGone(Client client)
    {
        _admission.Leave(client.Address, client.LoggedIn);
        if (_live.Count > 0) return;
        foreach (var waiting in _waitingForEmpty) waiting.Tell(new ListenerEmpty(_settings.Name));
        _waitingForEmpty.Clear();
    }

    private void HandleSocketGone()
    {
        _socket = ActorRefs.Nobody;
        if (!_isStopped) RebindLater($"the socket of {_settings.Endpoint} failed and took its connections with it");
        _stopper.Tell(new ListenerStopped(_settings.Name));
    }

    private void RebindLater(string problem)
    {
        _log.Error("{Problem}; trying again in {Seconds} s", problem, RebindAfter.TotalSeconds);
        Timers.StartSingleTimer(nameof(Rebind), Rebind.Instance, RebindAfter);
    }

    private void HandleDrain(Drain message)
    {
        _draining = true;
        foreach (var connection in _live.Keys) connection.Tell(message);
    }

    private void HandleWhenEmpty(WhenEmpty message)
    {
        if (_live.Count == 0) Sender.Tell(new ListenerEmpty(_settings.Name));
        else _waitingForEmpty.Add(Sender);
    }

    private void HandleCountConnections(CountConnections message) =>
        Sender.Tell(new ConnectionCount(_settings.Name, _live.Count, _live.Values.Count(client => !client.LoggedIn)));

    private void HandleStopListening(StopListening message)
    {
        _isStopped = true;
        Timers.CancelAll();
        if (_socket.IsNobody())
        {
            Sender.Tell(new ListenerStopped(_settings.Name));
            return;
        }

        _stopper = Sender;
        _socket.Tell(Tcp.Unbind.Instance);
    }

    // A connection that fails is not restarted: its state was the protocol's.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private sealed class Client(IPAddress address)
    {
        public IPAddress Address { get; } = address;

        public bool LoggedIn { get; set; }
    }

    private sealed record BindTimedOut
    {
        public static readonly BindTimedOut Instance = new();
    }

    private sealed record RefusalSummary
    {
        public static readonly RefusalSummary Instance = new();
    }

    private sealed record Rebind
    {
        public static readonly Rebind Instance = new();
    }
}
