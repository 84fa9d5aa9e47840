using System.Net;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Listening;

/// <summary>
/// A listener in plaintext, over Akka.IO: binds one TCP port, one ConnectionActor for each client. All connections die with this actor, as
/// Akka.IO ties them to whoever bound the port.
/// </summary>
public sealed class TcpListenerActor : ListenerActor
{
    private const int ArmedAccepts = 16;
    private static readonly TimeSpan BindTimeout = TimeSpan.FromSeconds(10);

    private readonly IActorRef _tcp;
    private readonly HashSet<IActorRef> _refusals = [];
    private IActorRef _socket = ActorRefs.Nobody;
    private long _number;

    /// <summary>
    /// Listens as <paramref name="settings"/> say, through <paramref name="tcp"/>, the manager of Akka.IO. All listeners of a node share
    /// one <paramref name="admission"/>.
    /// </summary>
    public TcpListenerActor(ListenerSettings settings, Admission admission, ConnectionContext connections, IActorRef tcp)
        : base(settings, admission, connections)
    {
        _tcp = tcp;

        Receive<Tcp.CommandFailed>(failed => HandleBindFailed(failed.Cause.Value?.Message ?? "the system does not say why"));
        Receive<Tcp.Bound>(HandleBound);
        Receive<BindTimedOut>(_ => HandleBindFailed($"no answer within {BindTimeout.TotalSeconds} s"));
        Receive<Tcp.Connected>(HandleConnected);
        Receive<Tcp.Unbound>(_ => { });
    }

    private protected override void Bind()
    {
        _tcp.Tell(new Tcp.Bind(Self, Settings.Endpoint, Settings.Backlog, pullMode: true));
        Timers.StartSingleTimer(nameof(BindTimedOut), BindTimedOut.Instance, BindTimeout);
    }

    private void HandleBindFailed(string reason)
    {
        Timers.Cancel(nameof(BindTimedOut));
        BindFailed(reason);
    }

    private void HandleBound(Tcp.Bound message)
    {
        // After CommandFailed, Akka.IO sends a Bound without an address.
        if (message.LocalAddress is null) return;
        if (IsStopped)
        {
            Sender.Tell(Tcp.Unbind.Instance);
            return;
        }

        Timers.Cancel(nameof(BindTimedOut));
        _socket = Context.Watch(Sender);
        _socket.Tell(new Tcp.ResumeAccepting(ArmedAccepts));
        Bound(new ListenerBound(Settings.Name, message.LocalAddress));
    }

    private void HandleConnected(Tcp.Connected message)
    {
        if (message.RemoteAddress is not IPEndPoint remote)
        {
            // Gone before it could be asked who it is.
            Sender.Tell(Tcp.Abort.Instance);
        }
        else if (Admit(remote) is { } refusal)
        {
            Refuse(Sender, refusal);
        }
        else
        {
            var origin = new ConnectionOrigin(remote.ToString(), remote.Address, TransportProtection.None);
            Serve(Sender, origin, remote.Address, ++_number);
        }
    }

    private void Refuse(IActorRef transport, Refusal refusal)
    {
        if (refusal != Refusal.NotAllowed && Admission.TryBeginRefusal())
            _refusals.Add(Context.Watch(Context.ActorOf(Props.Create(() => new RefusalActor(transport, refusal)))));
        else
            transport.Tell(Tcp.Abort.Instance);
    }

    private protected override void HandleEnded(IActorRef actor)
    {
        if (!actor.Equals(_socket))
        {
            if (_refusals.Remove(actor)) Admission.EndRefusal();
            return;
        }

        _socket = ActorRefs.Nobody;
        PortClosed();
    }

    private protected override void ClosePort()
    {
        if (_socket.IsNobody()) PortClosed();
        else _socket.Tell(Tcp.Unbind.Instance);
    }

    private sealed record BindTimedOut
    {
        public static readonly BindTimedOut Instance = new();
    }
}
