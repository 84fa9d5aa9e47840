using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Creates the actor system out of what the builder has collected.</summary>
internal static class ActorSystemFactory
{
    public static ActorSystem Create(IServiceProvider services)
    {
        var builder = services.GetRequiredService<AkkaConfigurationBuilder>();

        var bootstrap = BootstrapSetup.Create().WithConfig(ConfigurationOf(builder));
        if (builder.ActorRefProvider.HasValue)
            bootstrap = bootstrap.WithActorRefProvider(builder.ActorRefProvider.Value);

        var setup = bootstrap.And(DependencyResolverSetup.Create(services));
        if (services.GetService<ILoggerFactory>() is { } loggerFactory)
            setup = setup.And(new LoggerFactorySetup(loggerFactory));

        // A later setup of one type takes the place of an earlier one.
        return ActorSystem.Create(builder.ActorSystemName, builder.CollectedSetups.Aggregate(setup, With));

        static ActorSystemSetup With(ActorSystemSetup all, Setup one) => all.And(one);
    }

    private static Config ConfigurationOf(AkkaConfigurationBuilder builder)
    {
        var config = builder.Configuration.GetOrElse(Config.Empty);
        if (builder.Extensions.Count == 0) return config;

        var listed = config.GetStringList("akka.extensions") ?? [];
        var all = builder.Extensions.Select(type => type.AssemblyQualifiedName).Concat(listed).Distinct();
        var quoted = string.Join(", ", all.Select(name => $"\"{name}\""));
        return ConfigurationFactory.ParseString($"akka.extensions = [{quoted}]").WithFallback(config);
    }
}
