namespace Akka.TestKit;

/// <summary>Opens when it has been counted down. Waiting longer than the timeout throws.</summary>
public class TestLatch
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    readonly CountdownEvent _latch;
    readonly Func<TimeSpan, TimeSpan> _dilate;
    readonly TimeSpan _defaultTimeout;

    public TestLatch() : this(1)
    {
    }

    public TestLatch(int count) : this(count, DefaultTimeout)
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout) : this(time => time, defaultTimeout, count)
    {
    }

    protected internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _dilate = dilate;
        _defaultTimeout = defaultTimeout;
        _latch = new CountdownEvent(count);
    }

    public bool IsOpen => _latch.IsSet;

    public void CountDown() => _latch.Signal();

    public void Open()
    {
        while (!IsOpen)
            CountDown();
    }

    public void Reset() => _latch.Reset();

    public void Ready() => Ready(_defaultTimeout);

    public void Ready(TimeSpan timeout)
    {
        var time = _dilate(timeout);
        if (!_latch.Wait(time))
            throw new TimeoutException($"The latch has not opened within {time}; {_latch.CurrentCount} to go");
    }
}
