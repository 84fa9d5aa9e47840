using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>What an actor system knows of the container: services, scopes, and props whose actors it fills in.</summary>
public interface IDependencyResolver
{
    IResolverScope CreateScope();

    T? GetService<T>();

    object? GetService(Type type);

    /// <summary>Props of an actor whose constructor takes <paramref name="args"/> and, for the rest, services.</summary>
    Props Props(Type type, params object[] args);

    Props Props(Type type);

    /// <inheritdoc cref="Props(Type, object[])"/>
    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>A scope of the container. Who creates it disposes it: an actor does so in its PostStop.</summary>
public interface IResolverScope : IDisposable
{
    IDependencyResolver Resolver { get; }
}
