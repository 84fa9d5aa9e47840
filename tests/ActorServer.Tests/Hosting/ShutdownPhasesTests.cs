using ActorNet.Server.Connections;
using ActorNet.Server.Hosting;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using Akka;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorNet.Server.Tests.Hosting;

public class ShutdownPhasesTests : TestKit
{
    private readonly RecordedConsole _console = new();
    private readonly TestProbe _listener;
    private readonly TestProbe _service;

    public ShutdownPhasesTests()
        : base("akka.coordinated-shutdown { terminate-actor-system = off, exit-clr = off, run-by-actor-system-terminate = off }") =>
        (_listener, _service) = (CreateTestProbe(), CreateTestProbe());

    protected override void AfterAll()
    {
        base.AfterAll();
        _console.Dispose();
    }

    [Fact]
    public async Task Drains_then_waits_for_the_last_connection_then_stops_services_then_unbinds()
    {
        var stopped = Shutdown(drainTimeout: TimeSpan.FromMinutes(1));

        AnswerCountAndDrain(connections: 3);
        _listener.ExpectMsg<WhenEmpty>();
        // Nothing further happens while a connection is left: the marker would come after it.
        _service.Ref.Tell("marker");
        _service.ExpectMsg("marker");
        _listener.Reply(new ListenerEmpty("native"));

        _service.ExpectMsg("stop");
        _service.Reply("stopped");
        _listener.ExpectMsg<StopListening>();
        _listener.Reply(new ListenerStopped("native"));
        await stopped;
        Assert.Equal(
            "Draining 3 connections, at most 60 s; press Ctrl-C again to stop now.", _console.Out.TrimEnd());
    }

    [Fact]
    public async Task Without_connections_nothing_is_said()
    {
        var stopped = Shutdown(drainTimeout: TimeSpan.FromMinutes(1));

        AnswerCountAndDrain(connections: 0);
        FinishFrom<WhenEmpty>();
        await stopped;

        Assert.Empty(_console.Out);
    }

    [Fact]
    public async Task After_the_drain_timeout_it_goes_on_without_those_who_did_not_finish()
    {
        var stopped = Shutdown(drainTimeout: TimeSpan.FromMilliseconds(100));

        AnswerCountAndDrain(connections: 1);
        _listener.ExpectMsg<WhenEmpty>();
        _listener.ExpectMsg<CountConnections>();
        _listener.Reply(new ConnectionCount("native", 1, 0));

        _service.ExpectMsg("stop");
        _service.Reply("stopped");
        _listener.ExpectMsg<StopListening>();
        _listener.Reply(new ListenerStopped("native"));
        await stopped;
        Assert.Contains("Draining 1 connection, at most 0.1 s", _console.Out, StringComparison.Ordinal);
    }

    private Task<Done> Shutdown(TimeSpan drainTimeout)
    {
        var actors = new ServerActors(
            [new ServerListener("native", "127.0.0.1:7400", _listener.Ref)],
            [new StopStep("service", () => _service.Ref.Ask<string>("stop", TimeSpan.FromSeconds(3)))]);
        new ShutdownPhases(actors, new ShutdownSettings(drainTimeout), _console.Console, NullLogger<ShutdownPhases>.Instance)
            .AddTo(CoordinatedShutdown.Get(Sys));
        return CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
    }

    private void AnswerCountAndDrain(int connections)
    {
        _listener.ExpectMsg<CountConnections>();
        _listener.Reply(new ConnectionCount("native", connections, 0));
        _listener.ExpectMsg<Drain>();
    }

    private void FinishFrom<TFirst>()
    {
        _listener.ExpectMsg<TFirst>();
        _listener.Reply(new ListenerEmpty("native"));
        _service.ExpectMsg("stop");
        _service.Reply("stopped");
        _listener.ExpectMsg<StopListening>();
        _listener.Reply(new ListenerStopped("native"));
    }
}
