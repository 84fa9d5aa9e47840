using Akka.Actor;

namespace Akka.Hosting;

/// <summary>A registered actor, for injection into what is not an actor. Looked up when asked for, not when injected.</summary>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">The actor has not been registered (yet).</exception>
    IActorRef ActorRef { get; }

    /// <summary>Completes when the actor is registered: for a hosted service, constructed before any actor is started.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <inheritdoc/>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    public IActorRef ActorRef => registry.Get<TActor>();

    public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        registry.GetAsync<TActor>(cancellationToken);
}
