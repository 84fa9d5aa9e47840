using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Base of actor specs: time stands still until the test advances it, and dead letters are counted.</summary>
public abstract class ActorSpec : TestKit
{
    private readonly TestProbe _deadLetters;

    protected ActorSpec() : base("""
        akka.loglevel = INFO
        akka.stdout-loglevel = OFF
        akka.scheduler.implementation = "ActorNet.Server.Tests.Connections.StoppedClockScheduler, ActorServer.Tests"
        akka.log-dead-letters = off
        akka.test.single-expect-default = 10s
        """)
    {
        _deadLetters = CreateTestProbe();
        Sys.EventStream.Subscribe(_deadLetters.Ref, typeof(DeadLetter));
    }

    protected TestScheduler Time => (TestScheduler)Sys.Scheduler;

    /// <summary>Nothing was sent to an actor that was gone.</summary>
    protected void ExpectNoDeadLetters() => Assert.False(_deadLetters.HasMessages, _deadLetters.HasMessages ? $"{_deadLetters.ReceiveOne()}" : "");

    /// <summary>What was told to <paramref name="actor"/> before is handled when this returns.</summary>
    protected void Settle(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Send(actor, new Identify(null));
        probe.ExpectMsg<ActorIdentity>();
    }
}
