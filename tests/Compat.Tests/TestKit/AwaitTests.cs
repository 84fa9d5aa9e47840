using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class AwaitTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void AwaitAssert_tries_again_until_it_holds()
    {
        var tries = 0;

        AwaitAssert(() => Assert.Equal(3, ++tries), interval: Interval);

        Assert.Equal(3, tries);
    }

    [Fact]
    public void AwaitAssert_lets_the_failure_through_in_the_end()
    {
        var failure = Assert.ThrowsAny<XunitException>(() =>
            AwaitAssert(() => Assert.Fail("not yet"), Short, Interval));

        Assert.Contains("not yet", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwaitAssertAsync_takes_async_assertions()
    {
        var tries = 0;

        await AwaitAssertAsync(async () =>
        {
            await Task.Yield();
            Assert.Equal(3, ++tries);
        }, interval: Interval);

        Assert.Equal(3, tries);
        await Assert.ThrowsAnyAsync<XunitException>(() =>
            AwaitAssertAsync(() => Assert.Fail("not yet"), Short, Interval));
    }

    [Fact]
    public void AwaitCondition_tries_again_until_it_is_true()
    {
        var tries = 0;

        AwaitCondition(() => ++tries == 3, TimeSpan.FromSeconds(10), Interval);

        Assert.Equal(3, tries);
    }

    [Fact]
    public void AwaitCondition_fails_in_the_end_with_the_text_given()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Short, Interval, "the text"));

        Assert.Contains("the text", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwaitConditionAsync_tries_again_until_it_is_true()
    {
        var tries = 0;

        await AwaitConditionAsync(() => ++tries == 3, TimeSpan.FromSeconds(10), Interval);

        Assert.Equal(3, tries);
        await Assert.ThrowsAnyAsync<XunitException>(() => AwaitConditionAsync(() => false, Short, Interval));
    }

    [Fact]
    public void AwaitConditionNoThrow_says_whether_it_came_true()
    {
        Assert.True(AwaitConditionNoThrow(() => true, Short, Interval));
        Assert.False(AwaitConditionNoThrow(() => false, Short, Interval));
    }
}
