using System.Net;
using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Echo;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Access;
using ActorNet.Server.Tests.Auth;
using ActorNet.Server.Tests.Listening;
using ActorNet.TestSupport;
using Akka.Actor;
using Akka.Event;
using Akka.IO;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Connections;

/// <summary>The real listener, connections and echo on a port of loopback, with real time: Akka.IO and all.</summary>
public abstract class SocketNode : TestKit
{
    private protected static readonly ConnectionSettings Limits = TestLimits.Connection with { CloseTimeout = TimeSpan.FromSeconds(1) };

    private readonly TestProbe _errors;

    private protected SocketNode() : base("""
        akka.loglevel = INFO
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.test.single-expect-default = 10s
        akka.io.tcp.disabled-buffer-pool.buffer-size = 65536
        """)
    {
        _errors = CreateTestProbe();
        Sys.EventStream.Subscribe(_errors.Ref, typeof(Error));
    }

    private protected IActorRef Listener { get; private set; } = ActorRefs.Nobody;

    private protected EndPoint Endpoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    private protected void Start(ConnectionSettings? limits = null, int maxConnections = 1000, ChannelWindow? window = null)
    {
        AskToListen(limits, maxConnections, window);
        Endpoint = ExpectMsg<ListenerBound>().Endpoint;
    }

    /// <summary>The same, and the answer is the test's to expect.</summary>
    private protected void AskToListen(ConnectionSettings? limits = null, int maxConnections = 1000, ChannelWindow? window = null)
    {
        var book = TestAccounts.Book(TestAccounts.Alice);
        var accounts = Sys.ActorOf(
            Props.Create(() => new AccountsActor(book, TestLimits.Login, TestAccounts.Iterations, TestAccounts.RightsOf)), "accounts");
        var echo = EchoService.Definition(new EchoSettings(window ?? TestLimits.Window));
        var context = TestLimits.Context(accounts, limits ?? Limits, services: echo) with { Audit = Sys.ActorOf<AuditStub>() };
        var settings = new ListenerSettings("native", new IPEndPoint(IPAddress.Loopback, 0), 4096) { Tls = Tls };
        var admission = new Admission(TestAdmission.Wide with { MaxConnections = maxConnections }, Random.Shared);
        Listener = Sys.ActorOf(ListenerProps(settings, admission, context), "native");
        Listener.Tell(new StartListening());
    }

    /// <summary>The TLS of its listener; none here.</summary>
    private protected virtual TlsSettings? Tls => null;

    private protected virtual Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context)
    {
        var tcp = Sys.Tcp();
        return Props.Create(() => new TcpListenerActor(settings, admission, context, tcp));
    }

    /// <summary>A peer of the kind this listener serves.</summary>
    private protected virtual Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectAsync(Endpoint, receiveBuffer);

    // In the order of a node: the port first, or its socket reports the death of who bound it as an error.
    protected override void AfterAll()
    {
        if (!Listener.IsNobody())
        {
            Listener.Tell(new StopListening());
            FishForMessage(message => message is ListenerStopped);
        }

        base.AfterAll();
        CleanUp();
    }

    /// <summary>After the system has ended.</summary>
    private protected virtual void CleanUp()
    {
    }

    /// <summary>Waits until the last connection has ended.</summary>
    private protected void ExpectEmpty()
    {
        Listener.Tell(new WhenEmpty());
        ExpectMsg<ListenerEmpty>(TimeSpan.FromSeconds(15));
    }

    /// <summary>Nothing went wrong so far that the log calls an error.</summary>
    private protected void ExpectNoErrors() => Assert.False(_errors.HasMessages, _errors.HasMessages ? $"{_errors.ReceiveOne()}" : "");

    private protected int CountLive()
    {
        Listener.Tell(new CountConnections());
        return ExpectMsg<ConnectionCount>().Live;
    }

    private protected static byte[] Pattern(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private protected static Frame Data(byte[] payload) => new(FrameType.Data, 1, payload);

    private protected async Task<RawPeer> LoginAsync(int? receiveBuffer = null)
    {
        var peer = await ConnectAsync(receiveBuffer);
        await peer.LoginAsync(ConnectionBench.Account, ConnectionBench.Key);
        return peer;
    }

    private protected async Task<RawPeer> OpenEchoAsync(uint window = ProtocolLimits.MaxWindow, int? receiveBuffer = null)
    {
        var peer = await LoginAsync(receiveBuffer);
        await peer.OpenAsync(1, "echo", window);
        return peer;
    }
}
