using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>
/// Makes an actor, at its start and at each restart, from its own arguments and the container's services.
/// There is no scope per actor, as there is none in the official package: an actor that wants one creates and disposes it.
/// </summary>
internal sealed class ServiceProviderActorProducer(IServiceProvider provider, Type actorType, object[] args)
    : IIndirectActorProducer
{
    public Type ActorType { get; } = actorType;

    public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(provider, ActorType, args);

    public void Release(ActorBase actor)
    {
        // Nothing was created for the actor but the actor itself.
    }
}
