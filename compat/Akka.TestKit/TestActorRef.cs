using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>
/// An actor whose instance the test can look into. It runs on the thread that tells it something, unless its Props name
/// a dispatcher. An actor that awaits in a handler goes on elsewhere: drive that one by messages only.
/// </summary>
public class TestActorRef<TActor> : ICanTell, IEquatable<IActorRef>, IInternalActorRef where TActor : ActorBase
{
    readonly TestActorLocalRef _ref;

    public TestActorRef(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null) =>
        _ref = TestActorLocalRef.Create(system, actorProps, supervisor, name);

    public IActorRef Ref => _ref;

    public TActor UnderlyingActor => (TActor)_ref.Actor;

    public ActorPath Path => _ref.Path;

    /// <summary>Handles the message now, past the mailbox; what the actor throws comes out of this call.</summary>
    public void Receive(object message, IActorRef? sender = null) => _ref.Receive(message, sender);

    public void Tell(object message) => ((IActorRef)_ref).Tell(message);

    public void Tell(object message, IActorRef sender) => _ref.Tell(message, sender);

    public void Forward(object message) => ((IActorRef)_ref).Forward(message);

    public void Watch(IActorRef subject) => _ref.Cell.Watch(subject);

    public void Unwatch(IActorRef subject) => _ref.Cell.Unwatch(subject);

    public static bool operator ==(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) =>
        Equals(testActorRef?._ref, actorRef);

    public static bool operator !=(TestActorRef<TActor>? testActorRef, IActorRef? actorRef) =>
        !(testActorRef == actorRef);

    public static bool operator ==(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) => testActorRef == actorRef;

    public static bool operator !=(IActorRef? actorRef, TestActorRef<TActor>? testActorRef) =>
        !(testActorRef == actorRef);

    public override bool Equals(object? obj) => _ref.Equals(obj);

    public bool Equals(IActorRef? other) => _ref.Equals(other);

    public override int GetHashCode() => _ref.GetHashCode();

    public int CompareTo(object? obj) => ((IComparable)_ref).CompareTo(obj);

    public override string ToString() => _ref.ToString();

    public void SendSystemMessage(ISystemMessage message) => _ref.SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => _ref.SendSystemMessage(message);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => _ref.CompareTo(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => _ref.ToSurrogate(system);

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => _ref.Parent;

    IActorRefProvider IInternalActorRef.Provider => _ref.Provider;

#pragma warning disable CS0618 // deprecated in the interface, a member all the same
    bool IInternalActorRef.IsTerminated => _ref.IsTerminated;
#pragma warning restore CS0618

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _ref.GetChild(name);

    void IInternalActorRef.Resume(Exception causedByFailure) => _ref.Resume(causedByFailure);

    void IInternalActorRef.Start() => _ref.Start();

    void IInternalActorRef.Stop() => _ref.Stop();

    void IInternalActorRef.Restart(Exception cause) => _ref.Restart(cause);

    void IInternalActorRef.Suspend() => _ref.Suspend();
}
