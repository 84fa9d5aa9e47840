using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Transports;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Listening;

/// <summary>
/// A listener with TLS, over .NET's sockets: takes connections, has each shake hands within the time of a login, and gives it a
/// StreamTransportActor and a ConnectionActor. Who is not admitted is reset at once: no cryptography is spent on it, and without that
/// nothing can be said.
/// </summary>
internal sealed class StreamListenerActor : ListenerActor
{
    private static readonly TimeSpan AcceptAgainAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FailureLogInterval = TimeSpan.FromSeconds(10);

    private readonly Func<IPEndPoint, int, IAcceptingSocket> _bind;
    private readonly CertificateFiles _files;
    private readonly int _readSize;
    private readonly Dictionary<long, Arrival> _arriving = [];
    private IAcceptingSocket? _socket;
    private TlsCertificate? _certificate;
    private long _number;
    private long _failedSinceLogged;
    private TimeSpan _nextAcceptWarning;

    /// <summary>
    /// Listens as <paramref name="settings"/> say, which have TLS. All listeners of a node share one <paramref name="admission"/>.
    /// </summary>
    public StreamListenerActor(
        ListenerSettings settings, Admission admission, ConnectionContext connections, CertificateFiles files,
        Func<IPEndPoint, int, IAcceptingSocket> bind)
        : base(settings, admission, connections)
    {
        _files = files;
        _bind = bind;
        // What Akka.IO reads into, for the listeners in plaintext.
        _readSize = Context.System.Settings.Config.GetInt("akka.io.tcp.disabled-buffer-pool.buffer-size");

        Receive<CertificateLoaded>(HandleCertificateLoaded);
        Receive<CertificateUnusable>(unusable => BindFailed(unusable.Problem, unusable.Advice));
        Receive<Accepted>(HandleAccepted);
        Receive<AcceptFailed>(HandleAcceptFailed);
        Receive<AcceptAgain>(_ => Accept());
        Receive<HandshakeDone>(HandleHandshakeDone);
        Receive<HandshakeFailed>(HandleHandshakeFailed);
        Receive<HandshakeTimedOut>(HandleHandshakeTimedOut);
        Receive<FailureSummary>(HandleFailureSummary);
    }

    private protected override int Arriving => _arriving.Count;

    private protected override void Bind()
    {
        var (files, interval) = (_files, Settings.Tls!.CheckInterval);
        Context.ActorOf(Props.Create(() => new CertificateActor(files, interval)), "certificate");
    }

    private void HandleCertificateLoaded(CertificateLoaded message)
    {
        _certificate = message.Certificate;
        if (_socket is not null || IsStopped) return;
        try
        {
            _socket = _bind(Settings.Endpoint, Settings.Backlog);
        }
        catch (SocketException e)
        {
            BindFailed(e.Message);
            return;
        }

        Bound(new ListenerBound(Settings.Name, _socket.LocalEndPoint) { Fingerprint = _certificate.Fingerprint });
        Accept();
    }

    private void Accept()
    {
        if (_socket is not null) AcceptAsync(_socket).PipeTo(Self);
    }

    private static async Task<object> AcceptAsync(IAcceptingSocket socket)
    {
        try
        {
            return new Accepted(await socket.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return new AcceptFailed(e.Message);
        }
    }

    private void HandleAccepted(Accepted message)
    {
        if (Greet(message.Socket) is { } remote)
        {
            if (Admit(remote) is null) ShakeHands(message.Socket, remote);
            else message.Socket.Close(0);
        }
        else
        {
            message.Socket.Close(0);
        }

        Accept();
    }

    // Null when it was gone before it could be asked who it is, or the port was closed meanwhile.
    private IPEndPoint? Greet(Socket socket)
    {
        if (IsStopped) return null;
        try
        {
            socket.NoDelay = true;
            return socket.RemoteEndPoint as IPEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // Out of descriptors, or the like: those who wait do so in the kernel, and the next try is not made before something can have changed.
    private void HandleAcceptFailed(AcceptFailed message)
    {
        if (IsStopped) return;
        if (Now >= _nextAcceptWarning)
        {
            Log.Warning("no connection can be taken now: {Reason}; trying again every {Seconds} s", message.Reason, AcceptAgainAfter.TotalSeconds);
            _nextAcceptWarning = Now + FailureLogInterval;
        }

        Timers.StartSingleTimer(nameof(AcceptAgain), AcceptAgain.Instance, AcceptAgainAfter);
    }

    private void ShakeHands(Socket socket, IPEndPoint remote)
    {
        var (number, certificate, turns) = (++_number, _certificate!, Admission.Handshakes);
        _arriving.Add(number, new Arrival(socket, remote, Now));
        Timers.StartSingleTimer(number, new HandshakeTimedOut(number), Connections.Settings.LoginTimeout);
        // Not on this actor's thread: it is a millisecond of cryptography, and others want to be taken.
        Task.Run(() => TlsHandshake.RunAsync(number, socket, certificate, turns)).PipeTo(Self);
    }

    private void HandleHandshakeDone(HandshakeDone message)
    {
        if (!Arrived(message.Number, out var arrival))
        {
            message.Stream.Dispose();
            return;
        }

        var (number, stream, readSize) = (message.Number, message.Stream, _readSize);
        var name = number.ToString(CultureInfo.InvariantCulture);
        var transport = Context.ActorOf(Props.Create(() => new StreamTransportActor(stream, readSize)), $"transport-{name}");
        var origin = new ConnectionOrigin(arrival.Remote.ToString(), arrival.Remote.Address, message.Protection) { AcceptedAt = arrival.AcceptedAt };
        Serve(transport, origin, arrival.Remote.Address, number);
    }

    private void HandleHandshakeFailed(HandshakeFailed message)
    {
        if (!Arrived(message.Number, out var arrival)) return;
        LeaveFor(message.Fault, arrival, message.Reason);
    }

    private void HandleHandshakeTimedOut(HandshakeTimedOut message)
    {
        if (!Arrived(message.Number, out var arrival)) return;
        arrival.Socket.Close(0);
        LeaveFor(
            Fault.LoginTimeout, arrival,
            $"no TLS handshake within {Connections.Settings.LoginTimeout.TotalSeconds:0.###} s (actornet.connections.login-timeout)");
    }

    // What a late answer of the handshake finds is nothing.
    private bool Arrived(long number, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Arrival? arrival)
    {
        if (!_arriving.Remove(number, out arrival)) return false;
        Timers.Cancel(number);
        return true;
    }

    private void LeaveFor(Fault fault, Arrival arrival, string reason)
    {
        Leave(arrival.Remote.Address);
        CountFault(arrival.Remote.Address, fault);
        NoteFailure(arrival.Remote, reason);
    }

    // As with refusals, a storm is two lines.
    private void NoteFailure(IPEndPoint remote, string reason)
    {
        if (Timers.IsTimerActive(nameof(FailureSummary)))
        {
            _failedSinceLogged++;
            return;
        }

        Log.Info("{Remote} closed before the login: {Reason}", remote, reason);
        Timers.StartSingleTimer(nameof(FailureSummary), FailureSummary.Instance, FailureLogInterval);
    }

    private void HandleFailureSummary(FailureSummary message)
    {
        if (_failedSinceLogged == 0) return;
        Log.Info("{Count} more failed before TLS within {Seconds} s", _failedSinceLogged, FailureLogInterval.TotalSeconds);
        _failedSinceLogged = 0;
    }

    private protected override void DropArriving()
    {
        foreach (var (number, arrival) in _arriving)
        {
            Timers.Cancel(number);
            arrival.Socket.Close(0);
            Leave(arrival.Remote.Address);
        }

        _arriving.Clear();
    }

    // Nobody may have registered with it.
    private protected override void HandleConnectionEnded(IActorRef transport) => Context.Stop(transport);

    private protected override void HandleEnded(IActorRef actor)
    {
    }

    private protected override void ClosePort()
    {
        _socket?.Dispose();
        _socket = null;
        foreach (var child in Context.GetChildren()) Context.Stop(child);
        PortClosed();
    }

    protected override void PostStop()
    {
        _socket?.Dispose();
        DropArriving();
    }

    private sealed record Arrival(Socket Socket, IPEndPoint Remote, TimeSpan AcceptedAt);

    private sealed record Accepted(Socket Socket) : IDeadLetterSuppression;

    private sealed record AcceptFailed(string Reason) : IDeadLetterSuppression;

    private sealed record AcceptAgain
    {
        public static readonly AcceptAgain Instance = new();
    }

    private sealed record HandshakeTimedOut(long Number);

    private sealed record FailureSummary
    {
        public static readonly FailureSummary Instance = new();
    }
}
