using System.ComponentModel;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Expecting one of several messages, or all of them in any order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitExpectMany : TestKitExpectFrom
{
    private protected TestKitExpectMany(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    // Official 1.4 takes (params T[]), 1.5 takes this: an array argument compiles against both.
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAny(Waiting.Blocking, messages, cancellationToken).Result();

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages,
        CancellationToken cancellationToken = default) =>
        ExpectAny(Waiting.Async, messages, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectAll(Waiting.Blocking, RemainingOrDefault, messages, default).ToList();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        ExpectAll(Waiting.Blocking, Dilated(max), messages, default).ToList();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default) =>
        ExpectAll(Waiting.Blocking, RemainingOrDefault, messages, cancellationToken).ToList();

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default) =>
        ExpectAll(Waiting.Blocking, Dilated(max), messages, cancellationToken).ToList();

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default) =>
        ExpectAll(Waiting.Async, RemainingOrDefault, messages, cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages,
        CancellationToken cancellationToken = default) =>
        ExpectAll(Waiting.Async, Dilated(max), messages, cancellationToken);

    async ValueTask<T> ExpectAny<T>(Waiting waiting, IEnumerable<T> messages, CancellationToken cancellationToken)
    {
        var wanted = messages.ToArray();
        var timeout = RemainingOrDefault;
        var taken = await Take(waiting, timeout, cancellationToken);
        if (taken == null)
            Assert.Fail("Timeout {0} while waiting for any of {1}", timeout, Describe.All(wanted));
        if (taken!.Message is not T message || !wanted.Contains(message))
        {
            Assert.Fail("Expected any of {0}, but received {1} from {2}", Describe.All(wanted),
                Describe.One(taken.Message), Describe.Sender(taken.Sender));
            return default!;
        }
        return message;
    }

    async IAsyncEnumerable<T> ExpectAll<T>(Waiting waiting, TimeSpan max, IReadOnlyCollection<T> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = messages.ToList();
        var unexpected = new List<object>();
        await foreach (var received in TakeMany(waiting, messages.Count, max, cancellationToken))
        {
            if (received is T message && missing.Remove(message))
                yield return message;
            else
                unexpected.Add(received);
        }
        if (unexpected.Count > 0)
            Assert.Fail("not found: {0}; found unexpected: {1}", Describe.All(missing), Describe.All(unexpected));
    }
}
