using System.Collections;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Taking messages while they fit, or until one fits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitFishing : TestKitReceive
{
    private protected TestKitFishing(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>Takes messages as long as the filter makes something of them; the first of which it makes null stays in
    /// the queue.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Waiting.Blocking, Accept(filter), max, null, msgs, cancellationToken).ToList();

    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter,
        int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Waiting.Blocking, Accept(filter), max, idle, msgs, cancellationToken).ToList();

    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null,
        int msgs = int.MaxValue, CancellationToken cancellationToken = default) where T : class =>
        TakeWhile(Waiting.Blocking, Accept(filter), max, idle, msgs, cancellationToken).ToList();

    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null,
        int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default)
        where T : class =>
        TakeWhile(Waiting.Blocking, Accept(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs,
            cancellationToken).ToList();

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null,
        TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class =>
        TakeWhile(Waiting.Async, Accept(filter), max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null,
        TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true,
        CancellationToken cancellationToken = default)
        where T : class =>
        TakeWhile(Waiting.Async, Accept(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs,
            cancellationToken);

    /// <summary>Takes messages until one fits, and drops the others.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(Waiting.Blocking, isMessage, null, max, hint, cancellationToken).Result();

    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(Waiting.Blocking, isMessage, null, max, hint, cancellationToken).Result();

    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(Waiting.Blocking, isMessage, allMessages, max, hint, cancellationToken).Result();

    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(Waiting.Async, isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Fish(Waiting.Async, isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null,
        string hint = "", CancellationToken cancellationToken = default) =>
        Fish(Waiting.Async, isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Takes all messages for that time and fails when a T is among them, whatever the official name
    /// suggests.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var all = TakeWhile(Waiting.Async, Accept<object>(_ => true, true), max, null, int.MaxValue, cancellationToken);
        await foreach (var message in all)
            Assert.AssertFalse(message is T, "did not expect a message of type {0}", typeof(T));
    }

    /// <summary>Takes messages until for that time none has come.</summary>
    public async Task<ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null,
        CancellationToken cancellationToken = default)
    {
        var messages = new ArrayList();
        while (await Take(Waiting.Async, GetTimeoutOrDefault(max), cancellationToken) is { } taken)
        {
            messages.Add(taken.Message);
            Assert.AssertTrue(messages.Count <= (maxMessages ?? uint.MaxValue), "No silence after {0} messages",
                messages.Count);
        }
        return ArrayList.ReadOnly(messages);
    }

    // Null: leave it and stop. Otherwise whether to hand it out, and as what.
    static Func<object, (bool Fits, T Item)?> Accept<T>(Func<object, T?> filter) where T : class =>
        message => filter(message) is { } item ? (true, item) : null;

    static Func<object, (bool Fits, T Item)?> Accept<T>(Predicate<T> shouldContinue, bool ignoreOthers)
        where T : class =>
        message => message is not T item
            ? ignoreOthers ? (false, null!) : null
            : shouldContinue(item) ? (true, item) : null;

    async IAsyncEnumerable<T> TakeWhile<T>(Waiting waiting, Func<object, (bool Fits, T Item)?> accept, TimeSpan? max,
        TimeSpan? idle, int msgs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stop = Now + RemainingOrDilated(max);
        MessageEnvelope last = NullMessageEnvelope.Instance;
        for (var count = 0; count < msgs && Now < stop;)
        {
            var left = stop - Now;
            var time = idle is { } silence ? Min(left, silence) : left;
            if (await Take(waiting, time, cancellationToken) is not { } taken)
                break;
            if (accept(taken.Message) is not { } accepted)
            {
                Queue.PutBack(taken);
                break;
            }
            last = taken;
            if (!accepted.Fits)
                continue;
            count++;
            yield return accepted.Item;
        }
        LastEnvelope = last;
        EndedInSilence = true;
    }

    async ValueTask<T> Fish<T>(Waiting waiting, Predicate<T> isMessage, ArrayList? dropped, TimeSpan? max, string hint,
        CancellationToken cancellationToken)
    {
        var timeout = RemainingOrDilated(max);
        var stop = Now + timeout;
        dropped ??= [];
        dropped.Clear();
        while (await Take(waiting, Max(stop - Now, TimeSpan.Zero), cancellationToken) is { } taken)
        {
            if (taken.Message is T message && isMessage(message))
                return message;
            dropped.Add(taken.Message);
            if (Now >= stop)
                break;
        }
        Assert.Fail("Timeout ({0}) while fishing for a message of type {1}. Dropped: {2}.{3}", timeout, typeof(T),
            Describe.All(dropped.Cast<object>().ToArray()), Describe.Hint(hint));
        return default!;
    }
}
