using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.TestKit.Internal;

/// <summary>Expecting the next message to come from a certain sender.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitExpectFrom : TestKitExpect
{
    private protected TestKitExpectFrom(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, setup, actorSystemName, testActorName)
    {
    }

    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, From<T>(sender, hint), duration, hint, cancellationToken).Result();

    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, From<T>(sender, hint, m => Assert.AssertEqual(message, m)), timeout, hint,
            cancellationToken).Result();

    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, From<T>(sender, hint, m => Check(isMessage(m), m, sender, hint)), timeout, hint,
            cancellationToken).Result();

    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Blocking, (m, s) => Check(isSender(s) && isMessage(m), m, s, hint), timeout, hint,
            cancellationToken).Result();

    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, From(sender, hint, assertMessage), timeout, hint, cancellationToken).Result();

    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Blocking, Both(assertSender, assertMessage), timeout, hint, cancellationToken).Result();

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, From<T>(sender, hint), duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, From<T>(sender, hint, m => Assert.AssertEqual(message, m)), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, From<T>(sender, hint, m => Check(isMessage(m), m, sender, hint)), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage,
        TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(Waiting.Async, (m, s) => Check(isSender(s) && isMessage(m), m, s, hint), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null,
        string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, From(sender, hint, assertMessage), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage,
        TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(Waiting.Async, Both(assertSender, assertMessage), timeout, hint, cancellationToken);

    Action<T, IActorRef> From<T>(IActorRef expected, string? hint, Action<T>? assertMessage = null) =>
        (message, sender) =>
    {
        if (!expected.Equals(sender))
        {
            Assert.Fail("Expected a message from {0}, but {1} came from {2}.{3}", expected, Describe.One(message),
                Describe.Sender(sender), Describe.Hint(hint));
        }
        assertMessage?.Invoke(message);
    };

    static Action<T, IActorRef> Both<T>(Action<IActorRef> assertSender, Action<T> assertMessage) => (message, sender) =>
    {
        assertSender(sender);
        assertMessage(message);
    };
}
