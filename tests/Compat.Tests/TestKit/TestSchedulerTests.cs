using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class TestSchedulerTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public TestSchedulerTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Nothing_happens_until_its_time_has_come()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);

        Scheduler.Advance(Second - Tick);
        Assert.False(HasMessages);
        Scheduler.Advance(Tick);

        ExpectMsg("due");
    }

    [Fact]
    public void What_is_scheduled_once_happens_once()
    {
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);

        Scheduler.Advance(Second);
        Scheduler.Advance(Second);

        ExpectMsg("due");
        Assert.False(HasMessages);
    }

    [Fact]
    public void Things_happen_in_the_order_of_their_due_times()
    {
        Scheduler.ScheduleTellOnce(3 * Second, TestActor, 3, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(1 * Second, TestActor, 1, ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, 2, ActorRefs.NoSender);

        Scheduler.Advance(5 * Second);

        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void What_is_due_at_the_same_time_happens_in_the_order_of_scheduling()
    {
        for (var i = 0; i < 5; i++)
            Scheduler.ScheduleTellOnce(Second, TestActor, i, ActorRefs.NoSender);

        Scheduler.Advance(Second);

        Assert.Equal([0, 1, 2, 3, 4], ReceiveN(5).Cast<int>());
    }

    [Fact]
    public void Repeated_happens_again_and_again()
    {
        Scheduler.ScheduleTellRepeatedly(2 * Second, Second, TestActor, "tick", ActorRefs.NoSender);

        Scheduler.Advance(Second);
        Assert.False(HasMessages);
        for (var i = 0; i < 3; i++)
        {
            Scheduler.Advance(Second);
            ExpectMsg("tick");
            Assert.False(HasMessages);
        }
    }

    [Fact]
    public void Canceled_does_not_happen()
    {
        var cancelable = Scheduler.ScheduleTellOnceCancelable(Second, TestActor, "never", ActorRefs.NoSender);
        var repeated = Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "tick",
            ActorRefs.NoSender);
        cancelable.Cancel();

        Scheduler.Advance(Second);
        ExpectMsg("tick");
        repeated.Cancel();
        Scheduler.Advance(Second);

        Assert.False(HasMessages);
    }

    [Fact]
    public void Actions_run_during_the_advance()
    {
        var runs = 0;
        Scheduler.Advanced.ScheduleOnce(Second, () => runs++);
        Scheduler.Advanced.ScheduleRepeatedly(Second, Second, () => runs += 10);

        Scheduler.Advance(Second);
        Assert.Equal(11, runs);
        Scheduler.Advance(Second);
        Assert.Equal(21, runs);
    }

    [Fact]
    public void Sender_is_the_one_named()
    {
        var probe = CreateTestProbe();
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", probe.Ref);

        Scheduler.Advance(Second);

        ExpectMsgFrom(probe.Ref, "due");
    }

    [Fact]
    public void Now_is_the_time_advanced_to()
    {
        var start = Scheduler.Now;

        Scheduler.Advance(Second);
        Assert.Equal(start + Second, Scheduler.Now);
        Scheduler.AdvanceTo(start + (3 * Second));
        Assert.Equal(start + (3 * Second), Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void Timers_of_an_actor_follow_it()
    {
        var actor = ActorOfAsTestActorRef<Ticking>(Props.Create(() => new Ticking()));

        Scheduler.Advance(Second);
        Assert.Equal(1, actor.UnderlyingActor.Ticks);
        Scheduler.Advance(Second);
        Assert.Equal(2, actor.UnderlyingActor.Ticks);
    }

    [Fact]
    public void Receive_timeout_follows_it()
    {
        ActorOfAsTestActorRef<Idle>(Props.Create(() => new Idle(TestActor)));

        Scheduler.Advance(Second - Tick);
        Assert.False(HasMessages);
        Scheduler.Advance(Tick);

        ExpectMsg("idle");
    }

    sealed class Ticking : ReceiveActor, IWithTimers
    {
        public Ticking() => Receive<string>(_ => Ticks++);

        public int Ticks { get; private set; }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("tick", "tick", Second);
    }

    sealed class Idle : ReceiveActor
    {
        public Idle(IActorRef target)
        {
            Receive<ReceiveTimeout>(_ => target.Tell("idle"));
            SetReceiveTimeout(Second);
        }
    }
}
