using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// A test actor of its own, to stand for a partner of the actor under test. Where an actor reference is asked for it
/// can be handed over itself; Akka wants its internal interface then, so it passes everything on to its test actor.
/// </summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message taken.</summary>
    public IActorRef Sender => LastSender;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Reply(object message) => Sender.Tell(message, TestActor);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    public IActorRef ChildActorOf<T>(string name, SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default) where T : ActorBase =>
        ChildActorOf(Props.Create<T>([]), name, supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(SupervisorStrategy supervisorStrategy,
        CancellationToken cancellationToken = default)
        where T : ActorBase => ChildActorOf(Props.Create<T>([]), supervisorStrategy, cancellationToken);

    public IActorRef ChildActorOf<T>(string name, CancellationToken cancellationToken = default) where T : ActorBase =>
        ChildActorOf(Props.Create<T>([]), name, cancellationToken);

    public IActorRef ChildActorOf<T>(CancellationToken cancellationToken = default) where T : ActorBase =>
        ChildActorOf(Props.Create<T>([]), cancellationToken);

    public void SendSystemMessage(ISystemMessage message) => Self.SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => Self.SendSystemMessage(message);

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);

    public override bool Equals(object? obj) => TestActor.Equals(obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => $"TestProbe({TestActor})";

    IInternalActorRef Self => (IInternalActorRef)TestActor;

    ActorPath IActorRef.Path => TestActor.Path;

    bool IActorRefScope.IsLocal => Self.IsLocal;

    IInternalActorRef IInternalActorRef.Parent => Self.Parent;

    IActorRefProvider IInternalActorRef.Provider => Self.Provider;

#pragma warning disable CS0618 // deprecated in the interface, a member all the same
    bool IInternalActorRef.IsTerminated => Self.IsTerminated;
#pragma warning restore CS0618

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => TestActor.Equals(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => TestActor.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Self.GetChild(name);

    void IInternalActorRef.Resume(Exception causedByFailure) => Self.Resume(causedByFailure);

    void IInternalActorRef.Start() => Self.Start();

    void IInternalActorRef.Stop() => Self.Stop();

    void IInternalActorRef.Restart(Exception cause) => Self.Restart(cause);

    void IInternalActorRef.Suspend() => Self.Suspend();
}
