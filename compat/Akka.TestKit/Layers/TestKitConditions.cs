using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Asking again until it is so: AwaitAssert and AwaitCondition.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitConditions : TestKitTime
{
    static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(100);

    private protected TestKitConditions(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>Runs the assertion until it does not throw; out of time, lets its last exception through.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssert(Waiting.Blocking, Wrap(assertion), duration, interval, cancellationToken).Done();

    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssert(Waiting.Async, Wrap(assertion), duration, interval, cancellationToken).AsTask();

    public Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitAssert(Waiting.Async, assertion, duration, interval, cancellationToken).AsTask();

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max,
        CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, null, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, message, cancellationToken);

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval,
        string? message = null, CancellationToken cancellationToken = default) =>
        Await(Waiting.Blocking, Wrap(conditionIsFulfilled), max, interval, message, cancellationToken).Done();

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrap(conditionIsFulfilled), null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrap(conditionIsFulfilled), max, null, message, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, null, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, string? message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, message, cancellationToken);

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval,
        string? message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Wrap(conditionIsFulfilled), max, interval, message, cancellationToken);

    public Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, TimeSpan? interval,
        string? message = null, CancellationToken cancellationToken = default) =>
        Await(Waiting.Async, conditionIsFulfilled, max, interval, message, cancellationToken).AsTask();

    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        Poll(Waiting.Blocking, Wrap(conditionIsFulfilled), max, interval, cancellationToken).Result();

    public Task<bool> AwaitConditionNoThrowAsync(Func<bool> conditionIsFulfilled, TimeSpan max,
        TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(Waiting.Async, Wrap(conditionIsFulfilled), max, interval, cancellationToken).AsTask();

    public Task<bool> AwaitConditionNoThrowAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan max,
        TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Poll(Waiting.Async, conditionIsFulfilled, max, interval, cancellationToken).AsTask();

    static Func<Task<bool>> Wrap(Func<bool> condition) => () => Task.FromResult(condition());

    static Func<Task> Wrap(Action assertion) => () =>
    {
        assertion();
        return Task.CompletedTask;
    };

    async ValueTask AwaitAssert(Waiting waiting, Func<Task> assertion, TimeSpan? duration, TimeSpan? interval,
        CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(duration);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Now < stop)
            {
                // not yet
            }
            await waiting.Pause(UntilNext(interval, stop), cancellationToken);
        }
    }

    async ValueTask Await(Waiting waiting, Func<Task<bool>> condition, TimeSpan? max, TimeSpan? interval,
        string? message, CancellationToken cancellationToken)
    {
        var timeout = RemainingOrDilated(max);
        if (!await Poll(waiting, condition, timeout, interval, cancellationToken))
            Assert.Fail("Timeout {0} expired while waiting for condition. {1}", timeout, message ?? "");
    }

    static async ValueTask<bool> Poll(Waiting waiting, Func<Task<bool>> condition, TimeSpan max, TimeSpan? interval,
        CancellationToken cancellationToken)
    {
        var stop = Now + max;
        while (!await condition())
        {
            if (Now >= stop)
                return false;
            await waiting.Pause(UntilNext(interval, stop), cancellationToken);
        }
        return true;
    }

    static TimeSpan UntilNext(TimeSpan? interval, TimeSpan stop) =>
        Max(Min(interval ?? DefaultInterval, stop - Now), TimeSpan.FromMilliseconds(1));
}
