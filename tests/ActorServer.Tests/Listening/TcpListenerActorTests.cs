using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.IO;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Listening;

public sealed class TcpListenerActorTests : ActorSpec
{
    private static readonly IPEndPoint Endpoint = new(IPAddress.Loopback, 7400);
    private static readonly AdmissionSettings Limits = TestAdmission.Wide with { MaxConnections = 3, MaxRefusals = 1 };

    private readonly TestProbe _tcp;
    private readonly TestProbe _socket;
    private readonly IActorRef _listener;

    public TcpListenerActorTests()
    {
        _tcp = CreateTestProbe();
        _socket = CreateTestProbe();
        var tcp = _tcp.Ref;
        var context = TestLimits.Context(CreateTestProbe().Ref);
        var admission = new Admission(Limits, Random.Shared);
        _listener = Sys.ActorOf(
            Props.Create(() => new TcpListenerActor(new ListenerSettings("native", Endpoint, 4096), admission, context, tcp)), "native");
    }

    private void Start()
    {
        _listener.Tell(new StartListening());
        _tcp.ExpectMsg<Tcp.Bind>();
    }

    private void StartAndBind()
    {
        Start();
        _socket.Send(_listener, new Tcp.Bound(Endpoint));
        _socket.ExpectMsg<Tcp.ResumeAccepting>();
        ExpectMsg<ListenerBound>();
    }

    private FakeTransport Connect()
    {
        var transport = new FakeTransport(this);
        transport.Probe.Send(_listener, new Tcp.Connected(new IPEndPoint(IPAddress.Loopback, 999), Endpoint));
        return transport;
    }

    private ConnectionCount Count()
    {
        _listener.Tell(new CountConnections());
        return ExpectMsg<ConnectionCount>();
    }

    [Fact]
    public void It_binds_in_pull_mode_with_its_backlog_and_reports_where()
    {
        _listener.Tell(new StartListening());
        var bind = _tcp.ExpectMsg<Tcp.Bind>();
        Assert.True(bind.PullMode);
        Assert.Equal(4096, bind.Backlog);
        Assert.Equal(_listener, bind.Handler);
        _socket.Send(_listener, new Tcp.Bound(new IPEndPoint(IPAddress.Loopback, 1234)));
        Assert.Equal(new ListenerBound("native", new IPEndPoint(IPAddress.Loopback, 1234)), ExpectMsg<ListenerBound>());
        _socket.ExpectMsg<Tcp.ResumeAccepting>();
    }

    [Fact]
    public void A_failed_bind_is_reported_once_although_two_messages_follow()
    {
        _listener.Tell(new StartListening());
        var bind = _tcp.ExpectMsg<Tcp.Bind>();
        _socket.Send(_listener, bind.FailureMessage);
        _socket.Send(_listener, new Tcp.Bound(null));
        ExpectMsg<ListenerFailed>();
        Time.Advance(TimeSpan.FromMinutes(1));
        Count();
        Assert.False(_socket.HasMessages);
        Assert.False(_tcp.HasMessages);
    }

    [Fact]
    public void A_bind_without_an_answer_is_reported_as_failed()
    {
        Start();
        Settle(_listener);
        Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Count();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg<ListenerFailed>();
    }

    [Fact]
    public void A_bind_that_fails_after_its_deadline_is_not_tried_again()
    {
        _listener.Tell(new StartListening());
        var bind = _tcp.ExpectMsg<Tcp.Bind>();
        Settle(_listener);
        Time.Advance(TimeSpan.FromSeconds(10));
        ExpectMsg<ListenerFailed>();
        _socket.Send(_listener, bind.FailureMessage);
        Settle(_listener);
        Time.Advance(TimeSpan.FromSeconds(5));
        Settle(_listener);
        Assert.False(_tcp.HasMessages);
    }

    [Fact]
    public void Each_connection_gets_an_actor_and_is_counted_until_it_is_gone()
    {
        StartAndBind();
        var transport = Connect();
        transport.ExpectRegistered();
        Assert.Equal(new ConnectionCount("native", 1, 1), Count());
        Watch(transport.Handler);
        transport.Probe.Send(transport.Handler, Tcp.Aborted.Instance);
        ExpectTerminated(transport.Handler);
        AwaitAssert(() => Assert.Equal(new ConnectionCount("native", 0, 0), Count()));
    }

    [Fact]
    public void One_above_the_cap_is_told_why_and_one_above_the_refusals_is_reset()
    {
        StartAndBind();
        for (var i = 0; i < Limits.MaxConnections; i++) Connect().ExpectRegistered();
        var refused = Connect();
        refused.ExpectRegisteredForRefusal();
        Assert.Equal(ErrorCode.TooMany, refused.ExpectGoodbye());
        Connect().Probe.ExpectMsg<Tcp.Abort>();
        Assert.Equal(3, Count().Live);

        refused.Closed();
        AwaitAssert(() => Connect().ExpectRegisteredForRefusal());
    }

    [Fact]
    public void A_storm_of_refusals_is_two_lines_in_the_log()
    {
        StartAndBind();
        for (var i = 0; i < Limits.MaxConnections; i++) Connect().ExpectRegistered();
        EventFilter.Warning(contains: "actornet.admission.max-connections").ExpectOne(() =>
        {
            for (var i = 0; i < 5; i++) Connect();
            Count();
        });
        EventFilter.Warning(contains: "4 too-many (max-connections)").ExpectOne(() => Time.Advance(TimeSpan.FromSeconds(10)));
        EventFilter.Warning(contains: "actornet.admission.max-connections").ExpectOne(() => Connect());
    }

    [Fact]
    public void While_draining_newcomers_are_refused_and_those_there_are_told()
    {
        StartAndBind();
        var transport = Connect();
        transport.ExpectRegistered();
        _listener.Tell(Drain.Instance);
        Assert.Equal(ErrorCode.Unavailable, transport.ExpectGoodbye());
        var late = Connect();
        late.ExpectRegisteredForRefusal();
        Assert.Equal(ErrorCode.Unavailable, late.ExpectGoodbye());

        _listener.Tell(new WhenEmpty());
        Assert.Equal(1, Count().Live);
        transport.Closed();
        ExpectMsg<ListenerEmpty>();
        _listener.Tell(new WhenEmpty());
        ExpectMsg<ListenerEmpty>();
    }

    [Fact]
    public void Stopping_closes_the_port_and_answers_when_it_is_closed()
    {
        StartAndBind();
        _listener.Tell(new StopListening());
        _socket.ExpectMsg<Tcp.Unbind>();
        _socket.Reply(Tcp.Unbound.Instance);
        Assert.Equal(0, Count().Live);
        Sys.Stop(_socket.Ref);
        ExpectMsg<ListenerStopped>();
        Time.Advance(TimeSpan.FromMinutes(1));
        Settle(_listener);
        Assert.False(_tcp.HasMessages);
        _listener.Tell(new StopListening());
        ExpectMsg<ListenerStopped>();
    }

    [Fact]
    public void It_has_stopped_when_the_connections_that_it_cut_off_have_said_their_last()
    {
        StartAndBind();
        var transport = Connect();
        transport.ExpectRegistered();
        _listener.Tell(new StopListening());
        _socket.ExpectMsg<Tcp.Unbind>();
        Sys.Stop(_socket.Ref);
        Settle(_listener);
        Assert.Equal(1, Count().Live);
        transport.Closed();
        ExpectMsg<ListenerStopped>();
    }

    [Fact]
    public void A_port_that_is_bound_after_the_stop_is_closed_again()
    {
        Start();
        _listener.Tell(new StopListening());
        ExpectMsg<ListenerStopped>();
        _socket.Send(_listener, new Tcp.Bound(Endpoint));
        _socket.ExpectMsg<Tcp.Unbind>();
    }

    [Fact]
    public void A_socket_that_fails_is_bound_again()
    {
        StartAndBind();
        EventFilter.Error(contains: "failed and took its connections").ExpectOne(() => Sys.Stop(_socket.Ref));
        Settle(_listener);
        Time.Advance(TimeSpan.FromSeconds(1));
        _tcp.ExpectMsg<Tcp.Bind>();
        var second = CreateTestProbe();
        second.Send(_listener, new Tcp.Bound(Endpoint));
        second.ExpectMsg<Tcp.ResumeAccepting>();
    }

    [Fact]
    public void A_rebind_that_fails_is_tried_again()
    {
        StartAndBind();
        EventFilter.Error().Expect(2, () =>
        {
            Sys.Stop(_socket.Ref);
            AwaitCondition(() =>
            {
                Settle(_listener);
                if (!_tcp.HasMessages) Time.Advance(TimeSpan.FromSeconds(1));
                return _tcp.HasMessages;
            });
            CreateTestProbe().Send(_listener, _tcp.ExpectMsg<Tcp.Bind>().FailureMessage);
        });
        Settle(_listener);
        Time.Advance(TimeSpan.FromSeconds(1));
        _tcp.ExpectMsg<Tcp.Bind>();
    }
}
