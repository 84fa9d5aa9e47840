using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Compat.Tests.TestKit.StandInOnly;

/// <summary>One advance over several due times. The official scheduler fires a repeated schedule once per advance, and
/// nothing that is scheduled meanwhile; a test that shall pass with both advances from one due time to the
/// next.</summary>
public sealed class TestSchedulerOrderTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly List<string> _happened = [];

    public TestSchedulerOrderTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """)
    {
    }

    TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Repeated_schedules_interleave_by_their_due_times()
    {
        Scheduler.ScheduleRepeatedly(2 * Second, 2 * Second, () => _happened.Add("even"));
        Scheduler.ScheduleRepeatedly(1 * Second, 2 * Second, () => _happened.Add("odd"));

        Scheduler.Advance(4 * Second);

        Assert.Equal(["odd", "even", "odd", "even"], _happened);
    }

    [Fact]
    public void What_is_scheduled_while_advancing_happens_if_it_is_due()
    {
        Scheduler.ScheduleOnce(1 * Second, () =>
        {
            _happened.Add("first");
            Scheduler.ScheduleOnce(1 * Second, () => _happened.Add("second"));
            Scheduler.ScheduleOnce(9 * Second, () => _happened.Add("later"));
        });
        Scheduler.ScheduleOnce(3 * Second, () => _happened.Add("third"));

        Scheduler.Advance(5 * Second);
        Assert.Equal(["first", "second", "third"], _happened);
        Scheduler.Advance(5 * Second);
        Assert.Equal("later", _happened[^1]);
    }

    [Fact]
    public void Each_sees_its_own_due_time_as_now_and_other_threads_see_the_end()
    {
        var start = Scheduler.Now;
        var (seen, elsewhere) = (default(DateTimeOffset), default(DateTimeOffset));
        Scheduler.ScheduleOnce(Second, () =>
        {
            seen = Scheduler.Now;
            var other = new Thread(() => elsewhere = Scheduler.Now);
            other.Start();
            other.Join();
        });

        Scheduler.Advance(5 * Second);

        Assert.Equal(start + Second, seen);
        Assert.Equal(start + (5 * Second), elsewhere);
        Assert.Equal(start + (5 * Second), Scheduler.Now);
    }

    [Fact]
    public void One_that_cancels_another_is_in_time()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleRepeatedly(2 * Second, Second, () => _happened.Add("tick"), cancelable);
        Scheduler.ScheduleOnce(TimeSpan.FromSeconds(3.5), cancelable.Cancel);

        Scheduler.Advance(10 * Second);

        Assert.Equal(["tick", "tick"], _happened);
    }

    [Fact]
    public void Monotonic_clock_stands_still_between_advances()
    {
        var before = Scheduler.MonotonicClock;

        Assert.Equal(before, Scheduler.MonotonicClock);
        Scheduler.Advance(Second);
        Assert.Equal(before + Second, Scheduler.MonotonicClock);
        Assert.Equal(before + Second, Scheduler.HighResMonotonicClock);
    }

    [Fact]
    public void One_that_throws_does_not_end_the_others()
    {
        Scheduler.ScheduleRepeatedly(Second, Second, () => throw new InvalidTimeZoneException());
        Scheduler.ScheduleOnce(Second, () => _happened.Add("after"));

        Assert.Throws<InvalidTimeZoneException>(() => Scheduler.Advance(Second));
        Scheduler.Advance(TimeSpan.Zero);

        Assert.Equal(["after"], _happened);
        Assert.Throws<InvalidTimeZoneException>(() => Scheduler.Advance(Second));
    }

    [Fact]
    public void Scheduled_work_cannot_advance_time()
    {
        Scheduler.ScheduleOnce(Second, () => Scheduler.Advance(Second));

        Assert.Throws<InvalidOperationException>(() => Scheduler.Advance(Second));
    }
}
