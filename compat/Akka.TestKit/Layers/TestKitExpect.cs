using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Expecting the next message to be this, or none to come.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitExpect : TestKitFishing
{
    private protected TestKitExpect(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, Anything, duration, hint, cancellationToken).Result();

    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, _) => Assert.AssertEqual(message, m, "{0}", hint ?? ""), timeout, hint,
            cancellationToken).Result();

    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, s) => Check(isMessage(m), m, s, hint), timeout, hint, cancellationToken)
            .Result();

    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, _) => assert(m), timeout, hint, cancellationToken).Result();

    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, s) => Check(isMessageAndSender(m, s), m, s, hint), timeout, hint,
            cancellationToken).Result();

    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, assertMessageAndSender, timeout, hint, cancellationToken).Result();

    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, _) => Assert.AssertEqual(expected, m, comparer, "{0}", hint ?? ""), timeout,
            hint, cancellationToken).Result();

    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, Anything, duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, _) => Assert.AssertEqual(message, m, "{0}", hint ?? ""), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, s) => Check(isMessage(m), m, s, hint), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, _) => assert(m), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, s) => Check(isMessageAndSender(m, s), m, s, hint), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, assertMessageAndSender, timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, _) => Assert.AssertEqual(expected, m, comparer, "{0}", hint ?? ""), timeout, hint,
            cancellationToken);

    /// <summary>Expects the end of an actor that is watched.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, EndOf(target, hint), timeout, hint, cancellationToken).Result();

    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, EndOf(target, hint), timeout, hint, cancellationToken);

    /// <summary>Waits the whole default timeout: prefer the form that is told a short one.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Blocking, RemainingOrDefault, cancellationToken).Done();

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Blocking, Dilated(duration), cancellationToken).Done();

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Blocking, TimeSpan.FromMilliseconds(milliseconds), cancellationToken).Done();

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Async, RemainingOrDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Async, Dilated(duration), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectSilence(Waiting.Async, TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private protected async ValueTask<T> Expect<T>(Waiting waiting, Action<T, IActorRef> check, TimeSpan? max,
        string? hint, CancellationToken cancellationToken)
    {
        var timeout = RemainingOrDilated(max);
        var taken = await Take(waiting, timeout, cancellationToken);
        if (taken == null)
            Assert.Fail("Timeout {0} while waiting for a message of type {1}.{2}", timeout, typeof(T),
                Describe.Hint(hint));
        if (taken!.Message is not T message)
        {
            Assert.Fail("Expected a message of type {0}, but received {1} instead, from {2}.{3}", typeof(T),
                Describe.One(taken.Message), Describe.Sender(taken.Sender), Describe.Hint(hint));
            return default!;
        }
        check(message, taken.Sender);
        return message;
    }

    private protected void Check<T>(bool asExpected, T message, IActorRef sender, string? hint)
    {
        if (!asExpected)
        {
            Assert.Fail("Got a message of the expected type {0} from {1}, but it is not the one expected: {2}.{3}",
                typeof(T), Describe.Sender(sender), Describe.One(message), Describe.Hint(hint));
        }
    }

    static void Anything<T>(T message, IActorRef sender)
    {
        // its type is all that counts
    }

    Action<Terminated, IActorRef> EndOf(IActorRef target, string? hint) => (terminated, _) =>
    {
        if (!target.Equals(terminated.ActorRef))
            Assert.Fail("Expected {0} to terminate, but {1} did.{2}", target, terminated.ActorRef, Describe.Hint(hint));
    };

    async ValueTask ExpectSilence(Waiting waiting, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (await Take(waiting, duration, cancellationToken) is { } taken)
        {
            Assert.Fail("Expected no messages during {0}, instead we received {1} from {2}", duration,
                Describe.One(taken.Message), Describe.Sender(taken.Sender));
        }
        EndedInSilence = true;
    }
}
