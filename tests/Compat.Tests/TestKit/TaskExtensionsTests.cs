using Akka.TestKit.Extensions;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class TaskExtensionsTests
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    static readonly Task<int> Never = new TaskCompletionSource<int>().Task;
    static readonly Task<int> Failed = Task.FromException<int>(new InvalidTimeZoneException());

    [Fact]
    public async Task AwaitWithTimeout_says_whether_the_task_ended()
    {
        Assert.True(await Task.CompletedTask.AwaitWithTimeout(Long));
        Assert.False(await Never.AwaitWithTimeout(Short));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Failed.AwaitWithTimeout(Long));
    }

    [Fact]
    public async Task WithTimeout_returns_the_result()
    {
        Assert.Equal(7, await Task.FromResult(7).WithTimeout(Long));
        await Assert.ThrowsAsync<TaskCanceledException>(() => Never.WithTimeout(Short));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Failed.WithTimeout(Long));
    }

    [Fact]
    public async Task ShouldCompleteWithin_fails_in_the_end()
    {
        Assert.Equal(7, await Task.FromResult(7).ShouldCompleteWithin(Long));
        await Assert.ThrowsAnyAsync<Exception>(() => Never.ShouldCompleteWithin(Short));
    }

    [Fact]
    public async Task ShouldThrowWithin_returns_the_exception()
    {
        await Failed.ShouldThrowWithin<InvalidTimeZoneException>(Long);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            Task.CompletedTask.ShouldThrowWithin<InvalidTimeZoneException>(Long));
    }
}
