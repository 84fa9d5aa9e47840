using ActorNet.Server.Settings;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.Server.Hosting;

/// <summary>Which actors there are: the one place where services and listeners are put together.</summary>
internal static class ActorNetHosting
{
    /// <summary>Starts what the node consists of, and says what the host has to do with it.</summary>
    public delegate ServerActors StartActors(ActorSystem system, IActorRegistry registry, IServiceProvider services);

    /// <summary>Adds the actor system, and <see cref="ServerActors"/> as a task that ends when they are started.</summary>
    public static IServiceCollection AddActorNet(this IServiceCollection services, LayeredConfig config, ServerSettings settings, StartActors start)
    {
        var started = new TaskCompletionSource<ServerActors>(TaskCreationOptions.RunContinuationsAsynchronously);
        return services
            .AddSingleton(started.Task)
            .AddAkka("actornet", (akka, provider) => akka
                .AddHocon(AkkaConfig.From(config, settings), HoconAddMode.Prepend)
                .WithActors((system, registry) => started.SetResult(start(system, registry, provider))));
    }

    /// <summary>The actors of the node: each service, then the listeners through which clients reach them.</summary>
    public static ServerActors Start(ActorSystem system, IActorRegistry registry, IServiceProvider services) => ServerActors.None;
}
