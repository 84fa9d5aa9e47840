using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Util;

namespace Akka.TestKit.Internal;

/// <summary>Each child of a test actor under the strategy it was made with, or the default one.</summary>
internal sealed class PerChildSupervision : SupervisorStrategy
{
    readonly Dictionary<IActorRef, SupervisorStrategy> _strategies = [];

    public PerChildSupervision() => LoggingEnabled = true;

    public override IDecider Decider => DefaultStrategy.Decider;

    public void Use(IActorRef child, SupervisorStrategy strategy) => _strategies[child] = strategy;

    protected override Directive Handle(IActorRef child, Exception exception) =>
        Of(child).Decider.Decide(exception);

    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause,
        ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children) =>
        Of(child).ProcessFailure(context, restart, child, cause, stats, children);

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child,
        IEnumerable<IInternalActorRef> children)
    {
        Of(child).HandleChildTerminated(actorContext, child, children);
        _strategies.Remove(child);
    }

    public override ISurrogate ToSurrogate(ActorSystem system) =>
        throw new NotSupportedException("The supervision of a test actor does not leave its process");

    SupervisorStrategy Of(IActorRef child) => _strategies.GetValueOrDefault(child, DefaultStrategy);
}
