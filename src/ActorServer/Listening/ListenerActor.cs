using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Listening;

/// <summary>
/// One port, whatever carries its bytes: who is taken or refused, which connections live, and how it stops. Its connections die with it,
/// so it does nothing that can fail. Lives as long as the node.
/// </summary>
public abstract class ListenerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RebindAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IActorRef, Client> _live = [];
    private readonly RefusalTally _unlogged = new();
    private readonly List<IActorRef> _waitingForEmpty = [];
    private IActorRef _starter = ActorRefs.Nobody;
    private IActorRef _stopper = ActorRefs.Nobody;
    private bool _draining;
    private bool _wasBound;
    private bool _isClosed;

    /// <summary>Listens as <paramref name="settings"/> say.</summary>
    protected ListenerActor(ListenerSettings settings, Admission admission, ConnectionContext connections)
    {
        Settings = settings;
        Admission = admission;
        Connections = connections;
        Log = Context.ServerLog();

        Receive<StartListening>(HandleStartListening);
        Receive<ConnectionAuthenticated>(HandleConnectionAuthenticated);
        Receive<ConnectionFault>(HandleConnectionFault);
        Receive<Terminated>(HandleTerminated);
        Receive<Drain>(HandleDrain);
        Receive<WhenEmpty>(HandleWhenEmpty);
        Receive<CountConnections>(HandleCountConnections);
        Receive<StopListening>(HandleStopListening);
        Receive<Rebind>(_ => Bind());
        Receive<RefusalSummary>(HandleRefusalSummary);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private protected ListenerSettings Settings { get; }

    private protected Admission Admission { get; }

    private protected ConnectionContext Connections { get; }

    private protected ILoggingAdapter Log { get; }

    /// <summary>It was told to stop; what is still bound after that is closed again.</summary>
    private protected bool IsStopped { get; private set; }

    private protected static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <summary>Connections that were admitted and are not being served yet.</summary>
    private protected virtual int Arriving => 0;

    /// <summary>Opens the port. Ends in <see cref="Bound"/> or <see cref="BindFailed"/>.</summary>
    private protected abstract void Bind();

    /// <summary>Closes the port and cuts off what is connected. Ends in <see cref="PortClosed"/>.</summary>
    private protected abstract void ClosePort();

    /// <summary>An actor has ended that was watched and is no connection.</summary>
    private protected abstract void HandleEnded(IActorRef actor);

    /// <summary>A connection has ended that had this transport.</summary>
    private protected virtual void HandleConnectionEnded(IActorRef transport)
    {
    }

    /// <summary>What is arriving is to be dropped.</summary>
    private protected virtual void DropArriving()
    {
    }

    private protected void Bound(ListenerBound bound)
    {
        _wasBound = true;
        _starter.Tell(bound);
        _starter = ActorRefs.Nobody;
    }

    private protected void BindFailed(string reason, string? advice = null)
    {
        // Not if it never was: the host has been told, once, and ends.
        if (_wasBound && !IsStopped) RebindLater($"{Settings.Endpoint} cannot be bound again: {reason}");
        _starter.Tell(new ListenerFailed(Settings.Name, reason) { Advice = advice });
        _starter = ActorRefs.Nobody;
    }

    private protected void PortClosed()
    {
        _isClosed = IsStopped;
        if (!IsStopped) RebindLater($"the socket of {Settings.Endpoint} failed and took its connections with it");
        StopIfEmpty();
    }

    /// <summary>Null for a connection that is taken, which then is served or leaves; else why not, which has been counted and logged.</summary>
    private protected Refusal? Admit(IPEndPoint remote)
    {
        var refusal = !Settings.Rules.Permit(remote.Address) ? Refusal.NotAllowed
            : _draining ? Refusal.Stopping
            : Admission.Admit(remote.Address, Now);
        if (refusal is not null) NoteRefusal(remote, refusal);
        return refusal;
    }

    /// <summary>A connection was admitted and is not going to be served.</summary>
    private protected void Leave(IPAddress address) => Admission.Leave(address, loggedIn: false);

    /// <summary>Counts against the source of a connection that is not served.</summary>
    private protected void CountFault(IPAddress address, Fault fault) => Admission.Fault(address, fault, Now);

    /// <summary>A ConnectionActor for a connection that was admitted.</summary>
    private protected void Serve(IActorRef transport, ConnectionOrigin origin, IPAddress address, long number)
    {
        var connections = Connections;
        var connection = Context.Watch(Context.ActorOf(
            Props.Create(() => new ConnectionActor(connections, transport, origin)), $"conn-{number}"));
        _live.Add(connection, new Client(address, transport));
        Connections.Metrics.ConnectionAccepted();
    }

    // Whoever storms the port must not fill the log as well: one line tells of the first, one of how many came after it and why.
    private void NoteRefusal(IPEndPoint remote, Refusal refusal)
    {
        Connections.Metrics.ConnectionRefused(refusal.Code, refusal.Reason);
        if (Timers.IsTimerActive(nameof(RefusalSummary)))
        {
            _unlogged.Add(refusal);
            return;
        }

        Log.Warning("refused {Remote}: {Reason} ({Code})", remote, refusal.Message, refusal.Code.ToWire());
        Timers.StartSingleTimer(nameof(RefusalSummary), RefusalSummary.Instance, RefusalLogInterval);
    }

    private void HandleRefusalSummary(RefusalSummary message)
    {
        if (_unlogged.Total == 0) return;
        Log.Warning(
            "refused {Count} more connections within {Seconds} s: {Reasons}",
            _unlogged.Total, RefusalLogInterval.TotalSeconds, _unlogged.ToString());
        _unlogged.Clear();
    }

    private void HandleStartListening(StartListening message)
    {
        _starter = Sender;
        Bind();
    }

    private void HandleConnectionAuthenticated(ConnectionAuthenticated message)
    {
        if (!_live.TryGetValue(Sender, out var client) || client.LoggedIn) return;
        client.LoggedIn = true;
        Admission.LoggedIn();
    }

    private void HandleConnectionFault(ConnectionFault message)
    {
        if (!_live.TryGetValue(Sender, out var client) || client.HasFaulted) return;
        client.HasFaulted = true;
        CountFault(client.Address, message.Fault);
    }

    private void HandleTerminated(Terminated message)
    {
        if (_live.Remove(message.ActorRef, out var client)) HandleClientGone(client);
        else HandleEnded(message.ActorRef);
    }

    private void HandleClientGone(Client client)
    {
        Admission.Leave(client.Address, client.LoggedIn);
        HandleConnectionEnded(client.Transport);
        if (_live.Count > 0) return;
        StopIfEmpty();
        foreach (var waiting in _waitingForEmpty) waiting.Tell(new ListenerEmpty(Settings.Name));
        _waitingForEmpty.Clear();
    }

    // Not before the connections that were cut off have said their last: the audit ends after this.
    private void StopIfEmpty()
    {
        if (_isClosed && _live.Count == 0) _stopper.Tell(new ListenerStopped(Settings.Name));
    }

    private void RebindLater(string problem)
    {
        Log.Error("{Problem}; trying again in {Seconds} s", problem, RebindAfter.TotalSeconds);
        Timers.StartSingleTimer(nameof(Rebind), Rebind.Instance, RebindAfter);
    }

    private void HandleDrain(Drain message)
    {
        _draining = true;
        DropArriving();
        foreach (var connection in _live.Keys) connection.Tell(message);
    }

    private void HandleWhenEmpty(WhenEmpty message)
    {
        if (_live.Count == 0) Sender.Tell(new ListenerEmpty(Settings.Name));
        else _waitingForEmpty.Add(Sender);
    }

    private void HandleCountConnections(CountConnections message) => Sender.Tell(new ConnectionCount(
        Settings.Name, _live.Count + Arriving, _live.Values.Count(client => !client.LoggedIn) + Arriving));

    private void HandleStopListening(StopListening message)
    {
        IsStopped = true;
        _stopper = Sender;
        Timers.CancelAll();
        DropArriving();
        ClosePort();
    }

    // A connection that fails is not restarted: its state was the protocol's.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private sealed class Client(IPAddress address, IActorRef transport)
    {
        public IPAddress Address { get; } = address;

        public IActorRef Transport { get; } = transport;

        public bool LoggedIn { get; set; }

        public bool HasFaulted { get; set; }
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
