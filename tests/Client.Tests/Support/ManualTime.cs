namespace ActorNet.Client.Tests.Support;

/// <summary>A clock that stands still until the test moves it; timers fire while it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Volatile.Write(ref _now, _now + by.Ticks);
        ManualTimer[] due;
        lock (_gate) due = [.. _timers.Where(t => t.Due <= _now)];
        foreach (var timer in due) timer.Fire(_now);
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private long _period;

        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
                _period = period > TimeSpan.Zero ? period.Ticks : 0;
                if (!time._timers.Contains(this)) time._timers.Add(this);
            }

            return true;
        }

        public void Fire(long now)
        {
            Due = _period > 0 ? now + _period : long.MaxValue;
            callback();
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
