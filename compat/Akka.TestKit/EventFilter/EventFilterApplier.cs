using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class EventFilterApplier(TestKitBase testKit, ActorSystem system, IReadOnlyList<LogEventFilter> filters)
    : IEventFilterApplier
{
    public EventFilterFactory And => new(testKit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(action), expectedCount, null, cancellationToken).Result();

    public void Expect(int expectedCount, TimeSpan timeout, Action action,
        CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(action), expectedCount, timeout, cancellationToken).Result();

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(func), expectedCount, null, cancellationToken).Result();

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func,
        CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(func), expectedCount, timeout, cancellationToken).Result();

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(action), null, null, cancellationToken).Result();

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Blocking, Wrap(func), null, null, cancellationToken).Result();

    public IUnmutableFilter Mute()
    {
        system.EventStream.Publish(new Mute(filters));
        return new Muted(system, filters);
    }

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, null, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, action, timeout, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, actionAsync, null, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, action, timeout, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout,
        CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Async, Wrap(actionAsync), expectedCount, timeout, cancellationToken).AsTask();

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func,
        CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Async, func, expectedCount, null, cancellationToken).AsTask();

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func,
        CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Async, func, expectedCount, timeout, cancellationToken).AsTask();

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Async, Wrap(action), null, null, cancellationToken).AsTask();

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        Intercept(Waiting.Async, func, null, null, cancellationToken).AsTask();

    static Func<Task<T>> Wrap<T>(Func<T> func) => () => Task.FromResult(func());

    static Func<Task<bool>> Wrap(Action action) => () =>
    {
        action();
        return Task.FromResult(true);
    };

    static Func<Task<bool>> Wrap(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    // Expected null: any number, including none.
    async ValueTask<T> Intercept<T>(Waiting waiting, Func<Task<T>> action, int? expected, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var count = new EventCount();
        foreach (var filter in filters)
            filter.Matched += count.Add;
        try
        {
            using var muted = Mute();
            var result = await action();
            if (expected is { } number)
                await Expect(waiting, count, number, timeout, cancellationToken);
            return result;
        }
        finally
        {
            foreach (var filter in filters)
                filter.Matched -= count.Add;
        }
    }

    async ValueTask Expect(Waiting waiting, EventCount count, int expected, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var time = timeout is { } given ? testKit.Dilated(given) : testKit.TestKitSettings.TestEventFilterLeeway;
        var received = await count.WaitFor(Math.Max(expected, 1), waiting, time, cancellationToken);
        if (received < expected)
            testKit.Fail("Timeout ({0}) while waiting for log events: received {1} of {2} that match [{3}]", time,
                received, expected, Description);
        if (received > expected)
            testKit.Fail("Received {0} log events too many: expected {1}, but {2} match [{3}]", received - expected,
                expected, received, Description);
    }

    string Description => string.Join(" or ", filters);

    sealed class Muted(ActorSystem system, IReadOnlyList<LogEventFilter> filters) : IUnmutableFilter
    {
        public void Unmute() => system.EventStream.Publish(new Unmute(filters));

        public void Dispose() => Unmute();
    }
}
