using System.ComponentModel;
using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Timeouts: what a call names, else what is left of the surrounding Within, else the default.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitTime : TestKitFoundation
{
    TimeSpan? _end;

    private protected TestKitTime(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>A clock that only moves forward, from no particular beginning.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    public TimeSpan Remaining =>
        _end is { } end
            ? Max(end - Now, TimeSpan.Zero)
            : throw new InvalidOperationException("Remaining has a meaning inside Within only");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    // A block whose last step was to wait for silence ends late by nature.
    private protected bool EndedInSilence { get; set; }

    public TimeSpan RemainingOrDilated(TimeSpan? duration) =>
        duration is { } given ? Dilated(given) : RemainingOrDefault;

    public TimeSpan Dilated(TimeSpan duration) => duration < TimeSpan.Zero
        ? throw new ArgumentException($"A duration must not be negative; it is {duration}", nameof(duration))
        : duration * TestKitSettings.TestTimeFactor;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(min, max, () =>
        {
            action();
            return true;
        }, hint, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var block = EnterBlock(min, max, epsilonValue, hint);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = block.OuterEnd;
        }
        CheckDuration(block);
        return result;
    }

    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null,
        TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(min, max, async () =>
        {
            await actionAsync();
            return true;
        }, hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null,
        TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var block = EnterBlock(min, max, epsilonValue, hint);
        var running = Task.FromResult(default(T)!);
        try
        {
            running = function();
            // The grace lets the expectation that ran out of time speak first: it knows what it waited for.
            await running.WaitAsync(block.Max + block.Epsilon + Grace, cancellationToken);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Assert.Fail("The block has not ended within {0}. {1}", block.Max, hint ?? "");
        }
        finally
        {
            _end = block.OuterEnd;
        }
        CheckDuration(block);
        return await running;
    }

    protected TimeSpan RemainingOr(TimeSpan duration) => _end == null ? duration : Remaining;

    private protected static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private protected static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Grace => TimeSpan.FromMilliseconds(200);

    Block EnterBlock(TimeSpan min, TimeSpan max, TimeSpan? epsilon, string? hint)
    {
        if (min < TimeSpan.Zero)
            throw new ArgumentException($"A duration must not be negative; it is {min}", nameof(min));
        var (start, outerEnd) = (Now, _end);
        var left = outerEnd is { } end ? Min(Dilated(max), end - start) : Dilated(max);
        Assert.AssertTrue(outerEnd == null || left >= min, "Required min time {0} not possible, only {1} left. {2}",
            min, left, hint ?? "");
        EndedInSilence = false;
        _end = start + left;
        return new Block(start, min, left, epsilon ?? TimeSpan.Zero, outerEnd, hint);
    }

    void CheckDuration(Block block)
    {
        var elapsed = Now - block.Start;
        if (elapsed < block.Min)
            Assert.Fail("The block took {0}, it should have taken at least {1}. {2}", elapsed, block.Min,
                block.Hint ?? "");
        if (!EndedInSilence && elapsed > block.Max + block.Epsilon)
            Assert.Fail("The block took {0}, exceeding {1}. {2}", elapsed, block.Max, block.Hint ?? "");
    }

    sealed record Block(TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan Epsilon, TimeSpan? OuterEnd, string? Hint);
}
