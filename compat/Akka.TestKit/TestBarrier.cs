namespace Akka.TestKit;

/// <summary>Lets its threads go on when all have come. Waiting longer than the timeout throws.</summary>
public class TestBarrier
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    readonly TestKitBase _testKit;
    readonly int _count;
    readonly TimeSpan _defaultTimeout;
    readonly Barrier _barrier;

    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        _testKit = testKit;
        _count = count;
        _defaultTimeout = defaultTimeout ?? DefaultTimeout;
        _barrier = new Barrier(count);
    }

    public void Await() => Await(_defaultTimeout);

    public void Await(TimeSpan timeout)
    {
        var time = _testKit.Dilated(timeout);
        if (!_barrier.SignalAndWait(time))
            throw new TimeoutException($"Not all {_count} have come to the barrier within {time}");
    }
}
