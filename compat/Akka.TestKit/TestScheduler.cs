using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Time that moves only when the test advances it. What is due fires on the advancing thread, in the order of the due
/// times, then of scheduling; each sees its own due time as Now, and what it schedules is part of the same advance if
/// due within it. Other threads, so actors on other dispatchers, see the time advanced to from the beginning.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    readonly Lock _lock = new();
    readonly Lock _advancing = new();
    readonly PriorityQueue<ScheduledWork, (DateTimeOffset Due, long Number)> _work = new();
    readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    DateTimeOffset _now;
    DateTimeOffset _due;
    int? _advancingThread;
    long _numbers;

#pragma warning disable IDE0060, CA1801 // the constructor that Akka calls
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _now = _start;
#pragma warning restore IDE0060, CA1801

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
                return _advancingThread == Environment.CurrentManagedThreadId ? _due : _now;
        }
    }

    public TimeSpan MonotonicClock => Now - _start;

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    protected DateTimeOffset TimeNow => Now;

    public void Advance(TimeSpan offset) => AdvanceTo(Now + offset);

    public void AdvanceTo(DateTimeOffset when)
    {
        lock (_advancing)
        {
            if (_advancingThread != null)
                throw new InvalidOperationException("Time is advancing already; scheduled work cannot advance it");
            lock (_lock)
            {
                if (when < _now)
                    throw new InvalidOperationException($"Time does not run backwards, from {_now} to {when}");
                (_now, _due, _advancingThread) = (when, _now, Environment.CurrentManagedThreadId);
            }
            try
            {
                while (NextDue() is { } work)
                    work.Run();
            }
            finally
            {
                lock (_lock)
                    _advancingThread = null;
            }
        }
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message,
        IActorRef sender) => Schedule(initialDelay, interval, () => receiver.Tell(message, sender), null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message,
        IActorRef sender, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Schedule(delay, null, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, null, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Schedule(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Schedule(delay, null, action.Run, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Schedule(delay, null, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        Schedule(initialDelay, interval, action.Run, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action,
        ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    void Schedule(TimeSpan delay, TimeSpan? interval, Action run, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (interval is { } period)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero, nameof(interval));
        lock (_lock)
            Enqueue(new ScheduledWork(Now + delay, interval, run, cancelable));
    }

    // A repeated one is back in the queue before it runs, so one that throws goes on repeating.
    ScheduledWork? NextDue()
    {
        lock (_lock)
        {
            while (_work.TryPeek(out var work, out _) && work.Due <= _now)
            {
                _work.Dequeue();
                if (work.IsCanceled)
                    continue;
                _due = work.Due;
                if (work.Interval is { } interval)
                    Enqueue(work with { Due = work.Due + interval });
                return work;
            }
            return null;
        }
    }

    void Enqueue(ScheduledWork work) => _work.Enqueue(work, (work.Due, _numbers++));
}
