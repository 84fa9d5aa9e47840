using System.Net;
using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Listening;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.IO;

namespace ActorNet.Server.Tests.Listening;

/// <summary>What listeners do with what admission and their rules say.</summary>
public sealed class AdmissionOfListenersTests : ActorSpec
{
    private static readonly IPEndPoint Endpoint = new(IPAddress.Loopback, 7400);
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    private readonly FixedRandom _random = new();

    private Admission New(AdmissionSettings settings) => new(settings, _random);

    private IActorRef Listen(Admission admission, string name = "native", AddressRules? rules = null)
    {
        var settings = new ListenerSettings(name, Endpoint, 4096) { Rules = rules ?? AddressRules.Everybody };
        var context = TestLimits.Context(CreateTestProbe().Ref);
        var tcp = CreateTestProbe();
        var ioManager = tcp.Ref;
        var listener = Sys.ActorOf(Props.Create(() => new TcpListenerActor(settings, admission, context, ioManager)), name);
        listener.Tell(new StartListening());
        tcp.ExpectMsg<Tcp.Bind>();
        CreateTestProbe().Send(listener, new Tcp.Bound(Endpoint));
        ExpectMsg<ListenerBound>();
        return listener;
    }

    private FakeTransport Connect(IActorRef listener, IPAddress address)
    {
        var transport = new FakeTransport(this);
        transport.Probe.Send(listener, new Tcp.Connected(new IPEndPoint(address, 999), Endpoint));
        return transport;
    }

    // The connection actor behind a transport: its framing registered.
    private IActorRef ConnectionOf(FakeTransport transport)
    {
        var framing = transport.ExpectRegistered();
        Sys.ActorSelection(framing.Path.Parent).Tell(new Identify(null));
        return ExpectMsg<ActorIdentity>().Subject;
    }

    private void ExpectRefused(IActorRef listener, IPAddress address, ErrorCode code, string message)
    {
        var refused = Connect(listener, address);
        refused.ExpectRegisteredForRefusal();
        var goodbye = ProtocolJson.Decode(refused.ExpectFrame(FrameType.Goodbye).Payload, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(code, goodbye.Code);
        Assert.Contains(message, goodbye.Message, StringComparison.Ordinal);
    }

    private ConnectionCount Count(IActorRef listener)
    {
        listener.Tell(new CountConnections());
        return ExpectMsg<ConnectionCount>();
    }

    [Fact]
    public void Listeners_of_a_node_share_its_limits_and_count_their_own_connections()
    {
        var admission = New(TestAdmission.Wide with { MaxPerSource = 2 });
        var first = Listen(admission, "first");
        var second = Listen(admission, "second");
        Connect(first, One).ExpectRegistered();
        var other = Connect(second, One);
        other.ExpectRegistered();
        ExpectRefused(first, One, ErrorCode.TooMany, "2 connections from 192.0.2.1");
        ExpectRefused(second, One, ErrorCode.TooMany, "2 connections from 192.0.2.1");
        Assert.Equal(new ConnectionCount("first", 1, 1), Count(first));
        Assert.Equal(new ConnectionCount("second", 1, 1), Count(second));

        other.Probe.Send(other.Handler, Tcp.Aborted.Instance);
        AwaitAssert(() => Assert.Equal(1, admission.Live));
        Connect(first, One).ExpectRegistered();
        Assert.Equal(new ConnectionCount("second", 0, 0), Count(second));
    }

    [Fact]
    public void Faults_of_its_connections_shut_a_source_out_of_every_listener_for_their_time()
    {
        var admission = New(TestAdmission.Wide);
        var first = Listen(admission, "first");
        var second = Listen(admission, "second");
        var connection = ConnectionOf(Connect(first, One));
        var another = ConnectionOf(Connect(first, One));
        first.Tell(new ConnectionFault(Fault.Violation), connection);
        first.Tell(new ConnectionFault(Fault.Violation), another);
        ExpectRefused(first, One, ErrorCode.RateLimited, "try again in 20 s");
        ExpectRefused(second, One, ErrorCode.RateLimited, "try again in 20 s");
        Connect(second, Two).ExpectRegistered();

        // Or they would come to their deadline for the login, which is a fault more.
        foreach (var ended in (IActorRef[])[connection, another])
        {
            Watch(ended);
            Sys.Stop(ended);
            ExpectTerminated(ended);
        }

        Time.Advance(TimeSpan.FromSeconds(20));
        Connect(second, One).ExpectRegistered();
    }

    [Fact]
    public void One_connection_counts_against_its_source_once()
    {
        var admission = New(TestAdmission.Wide);
        var listener = Listen(admission);
        var connection = ConnectionOf(Connect(listener, One));
        for (var i = 0; i < 10; i++) listener.Tell(new ConnectionFault(Fault.Violation), connection);
        Connect(listener, One).ExpectRegistered();
    }

    [Fact]
    public void Refusals_that_are_being_said_are_bounded_for_all_listeners_together()
    {
        var admission = New(TestAdmission.Wide with { MaxConnections = 1, MaxRefusals = 1 });
        var first = Listen(admission, "first");
        var second = Listen(admission, "second");
        Connect(first, One).ExpectRegistered();
        var refused = Connect(first, One);
        refused.ExpectRegisteredForRefusal();
        Connect(second, One).Probe.ExpectMsg<Tcp.Abort>();
        Connect(first, One).Probe.ExpectMsg<Tcp.Abort>();

        refused.Closed();
        AwaitAssert(() => Connect(second, One).ExpectRegisteredForRefusal());
    }

    [Fact]
    public void A_fault_that_no_connection_of_the_listener_reports_counts_against_nobody()
    {
        var admission = New(TestAdmission.Wide);
        var listener = Listen(admission);
        for (var i = 0; i < 10; i++) listener.Tell(new ConnectionFault(Fault.Violation));
        Settle(listener);
        Assert.Equal((0, 0), admission.Sources);
    }

    [Fact]
    public void A_source_that_fails_ten_thousand_logins_is_kept_out_while_another_comes_in()
    {
        var admission = New(TestAdmission.Wide with { MaxRefusals = 0 });
        var listener = Listen(admission);
        Connect(listener, One).ExpectRegistered();
        for (var i = 0; i < 10_000; i++) admission.Fault(One, Fault.FailedLogin, Time.MonotonicClock);
        Connect(listener, One).Probe.ExpectMsg<Tcp.Abort>();
        Connect(listener, Two).ExpectRegistered();
        Assert.Equal((2, 1), admission.Sources);
    }

    [Theory]
    [InlineData("192.0.2.2")]
    [InlineData("::ffff:192.0.2.2")]
    [InlineData("203.0.113.1")]
    [InlineData("2001:db8::1")]
    public void Who_is_not_allowed_is_closed_without_a_word_and_logged(string address)
    {
        var admission = New(TestAdmission.Wide);
        var rules = new AddressRules(TestAdmission.Networks("192.0.2.0/24"), TestAdmission.Networks("192.0.2.2/32"));
        var listener = Listen(admission, rules: rules);
        EventFilter.Warning(contains: "this listener does not serve the address").ExpectOne(() =>
            Connect(listener, IPAddress.Parse(address)).Probe.ExpectMsg<Tcp.Abort>());
        Connect(listener, One).ExpectRegistered();
        Assert.Equal((1, (1, 0)), (admission.Live, admission.Sources));
    }

    [Fact]
    public void Newcomers_that_drew_the_lot_are_told()
    {
        var listener = Listen(New(TestAdmission.Wide with { EarlyDrop = new EarlyDropSettings(Start: 1, Rate: 50) }));
        _random.Drawn = 0.4;
        Connect(listener, One).ExpectRegistered();
        ExpectRefused(listener, One, ErrorCode.TooMany, "actornet.admission.early-drop-start");
    }

    [Fact]
    public void The_end_of_a_storm_says_how_many_were_refused_and_why()
    {
        var admission = New(TestAdmission.Wide with { MaxPerSource = 1, MaxRefusals = 0 });
        var listener = Listen(
            admission,
            rules: new AddressRules(NetworkList.None, TestAdmission.Networks("203.0.113.0/24")));
        Connect(listener, One).ExpectRegistered();
        EventFilter.Warning(contains: "actornet.admission.max-per-source").ExpectOne(() => Connect(listener, One).Probe.ExpectMsg<Tcp.Abort>());
        for (var i = 0; i < 3; i++) Connect(listener, One).Probe.ExpectMsg<Tcp.Abort>();
        Connect(listener, IPAddress.Parse("203.0.113.1")).Probe.ExpectMsg<Tcp.Abort>();
        for (var i = 0; i < 4; i++) admission.Fault(One, Fault.FailedLogin, Time.MonotonicClock);
        for (var i = 0; i < 2; i++) Connect(listener, One).Probe.ExpectMsg<Tcp.Abort>();
        Settle(listener);
        EventFilter.Warning(contains: "3 too-many (max-per-source), 2 rate-limited (penalties), 1 forbidden (not-allowed)").ExpectOne(
            () => Time.Advance(TimeSpan.FromSeconds(10)));
    }
}
