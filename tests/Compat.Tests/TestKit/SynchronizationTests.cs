namespace ActorNet.Compat.Tests.TestKit;

public sealed class SynchronizationTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Latch_opens_when_it_is_counted_down()
    {
        var latch = CreateTestLatch(2);

        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(Short));
        latch.CountDown();

        Assert.True(latch.IsOpen);
        latch.Ready();
    }

    [Fact]
    public void Latch_can_be_opened_at_once_and_reset()
    {
        var latch = CreateTestLatch(5);

        latch.Open();
        Assert.True(latch.IsOpen);
        latch.Reset();
        Assert.False(latch.IsOpen);
    }

    [Fact]
    public async Task Barrier_lets_all_go_when_the_last_has_come()
    {
        var barrier = CreateTestBarrier(2);

        var other = Task.Run(barrier.Await);
        barrier.Await();

        await other.WaitAsync(TimeSpan.FromSeconds(3));
    }
}
