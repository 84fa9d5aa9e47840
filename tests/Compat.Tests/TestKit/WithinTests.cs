using Akka.Actor;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class WithinTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public WithinTests() : base("akka.test.single-expect-default = 1m")
    {
    }

    [Fact]
    public void Bounds_what_it_surrounds()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectMsg<string>()));

        Assert.Contains("Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_the_result()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", Within(Long, () => ExpectMsg<string>()));
    }

    [Fact]
    public void Remaining_is_what_is_left()
    {
        Within(Long, () => Assert.InRange(Remaining, TimeSpan.FromSeconds(30), Long));

        Assert.Throws<InvalidOperationException>(() => Remaining);
        Assert.Equal(TimeSpan.FromMinutes(1), RemainingOrDefault);
    }

    [Fact]
    public void An_inner_block_ends_with_the_outer_one_at_the_latest()
    {
        Within(TimeSpan.FromSeconds(20), () =>
        {
            Within(Long, () => Assert.True(Remaining <= TimeSpan.FromSeconds(20)));
            Within(Short, () => Assert.True(Remaining <= Short));
            Assert.True(Remaining > Short);
        });
    }

    [Fact]
    public void A_block_that_takes_too_long_fails()
    {
        Assert.ThrowsAny<XunitException>(() => Within(Short, () => WaitInVain(3 * Short)));
    }

    [Fact]
    public void A_block_that_is_too_quick_fails()
    {
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(30), Long, () => { }));
    }

    [Fact]
    public void What_the_block_throws_comes_through_and_ends_it()
    {
        Assert.Throws<InvalidTimeZoneException>(() =>
            Within(Short, new Action(() => throw new InvalidTimeZoneException())));

        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task Async_block_is_bounded_too()
    {
        TestActor.Tell("hello");
        Assert.Equal("hello", await WithinAsync(Long, async () => await ExpectMsgAsync<string>()));

        // Who says it first, the block or what bounds it, is chance on a busy machine; the official kit wraps either.
        await Assert.ThrowsAnyAsync<Exception>(() => WithinAsync(Short, async () => await ExpectMsgAsync<string>()));
    }

    [Fact]
    public async Task Async_block_that_never_ends_fails_in_time()
    {
        var never = new TaskCompletionSource();

        await Assert.ThrowsAnyAsync<XunitException>(() => WithinAsync(Short, () => never.Task));
    }

    [Fact]
    public void Given_times_are_dilated()
    {
        using var slow = new SlowKit();

        Assert.Equal(TimeSpan.FromSeconds(3), slow.Dilated(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(6), slow.RemainingOrDilated(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(12), slow.RemainingOrDilated(null));
    }

    static void WaitInVain(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }

    sealed class SlowKit() : Akka.TestKit.Xunit2.TestKit("""
        akka.test.timefactor = 3
        akka.test.single-expect-default = 4s
        """);
}
