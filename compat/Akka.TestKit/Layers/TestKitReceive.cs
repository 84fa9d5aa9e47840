using System.ComponentModel;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Taking messages as they come: one, a number of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitReceive : TestKitConditions
{
    private protected TestKitReceive(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>The next message, or null when none came in time. Without a time: the default one, inside Within
    /// too.</summary>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TakeMessage(Waiting.Blocking, max, cancellationToken).Result()!;

    public object ReceiveOne(CancellationToken cancellationToken) =>
        TakeMessage(Waiting.Blocking, Timeout.InfiniteTimeSpan, cancellationToken).Result()!;

    public ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TakeMessage(Waiting.Async, max, cancellationToken)!;

    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null,
        CancellationToken cancellationToken = default)
    {
        var taken = Take(Waiting.Blocking, GetTimeoutOrDefault(max), cancellationToken).Result();
        envelope = taken ?? NullMessageEnvelope.Instance;
        return taken != null;
    }

    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max,
        CancellationToken cancellationToken = default)
    {
        var taken = await Take(Waiting.Async, GetTimeoutOrDefault(max), cancellationToken);
        return (taken != null, taken ?? NullMessageEnvelope.Instance);
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        TakeMany(Waiting.Blocking, numberOfMessages, RemainingOrDefault, cancellationToken).ToList();

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max,
        CancellationToken cancellationToken = default) =>
        TakeMany(Waiting.Blocking, numberOfMessages, Dilated(max), cancellationToken).ToList();

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages,
        CancellationToken cancellationToken = default) =>
        TakeMany(Waiting.Async, numberOfMessages, RemainingOrDefault, cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max,
        CancellationToken cancellationToken = default) =>
        TakeMany(Waiting.Async, numberOfMessages, Dilated(max), cancellationToken);

    private protected async ValueTask<MessageEnvelope?> Take(Waiting waiting, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var taken = await Queue.Take(waiting, timeout, cancellationToken);
        EndedInSilence = false;
        LastEnvelope = taken ?? NullMessageEnvelope.Instance;
        return taken;
    }

    private protected async IAsyncEnumerable<object> TakeMany(Waiting waiting, int count, TimeSpan max,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stop = Now + max;
        var received = new List<object>();
        while (received.Count < count)
        {
            var taken = await Take(waiting, Max(stop - Now, TimeSpan.Zero), cancellationToken);
            if (taken == null)
            {
                Assert.Fail("Timeout ({0}) while expecting {1} messages. Only got {2}: {3}", max, count, received.Count,
                    Describe.All(received));
            }
            received.Add(taken!.Message);
            yield return taken.Message;
        }
    }

    async ValueTask<object?> TakeMessage(Waiting waiting, TimeSpan? max, CancellationToken cancellationToken) =>
        (await Take(waiting, GetTimeoutOrDefault(max), cancellationToken))?.Message;
}
