using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Collects what an actor system is created from and what is started in it. Once it has started, changes are ignored.</summary>
public sealed class AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
{
    private readonly List<Type> _extensions = [];
    private readonly List<ActorStarter> _actorStarters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private bool _started;

    public Option<ProviderSelection> ActorRefProvider { get; private set; } = Option<ProviderSelection>.None;

    public Option<Config> Configuration { get; private set; } = Option<Config>.None;

    internal IServiceCollection Services { get; } = serviceCollection;

    internal string ActorSystemName { get; } = actorSystemName;

    internal List<Setup> CollectedSetups { get; } = [];

    internal IReadOnlyList<Type> Extensions => _extensions;

    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
    {
        if (!_started) _actorStarters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) =>
        StartActors((system, registry) =>
        {
            starter(system, registry);
            return Task.CompletedTask;
        });

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        if (!_started) _startupTasks.Add(startupTask);
        return this;
    }

    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) =>
        AddStartup((system, registry) =>
        {
            startupTask(system, registry);
            return Task.CompletedTask;
        });

    public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => WithExtensions(typeof(T));

    /// <exception cref="ConfigurationException">A type is no extension id, or cannot be created.</exception>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension) || extension.IsAbstract || !extension.IsClass)
                throw new ConfigurationException($"[{extension.FullName}] is not a concrete {nameof(IExtensionId)}.");
            if (!_started && !_extensions.Contains(extension)) _extensions.Add(extension);
        }

        return this;
    }

    internal AkkaConfigurationBuilder Add(Setup setup)
    {
        if (_started) return this;

        switch (setup)
        {
            // The hosted service makes these two itself: of the first it takes what is in it.
            case BootstrapSetup bootstrap:
                if (bootstrap.Config.HasValue) Add(bootstrap.Config.Value, HoconAddMode.Prepend);
                if (bootstrap.ActorRefProvider.HasValue) ActorRefProvider = bootstrap.ActorRefProvider;
                break;
            case DependencyResolverSetup:
                break;
            default:
                CollectedSetups.Add(setup);
                break;
        }

        return this;
    }

    internal AkkaConfigurationBuilder Add(Config hocon, HoconAddMode mode)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        if (_started) return this;

        var present = Configuration.GetOrElse(Config.Empty);
        Configuration = mode switch
        {
            HoconAddMode.Append => present.WithFallback(hocon),
            HoconAddMode.Prepend or HoconAddMode.Replace => hocon.WithFallback(present),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
        };
        return this;
    }

    internal AkkaConfigurationBuilder Use(ProviderSelection provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!_started) ActorRefProvider = provider;
        return this;
    }

    internal async Task StartAsync(ActorSystem system)
    {
        if (_started) return;
        _started = true;

        var registry = ActorRegistry.For(system);
        foreach (var starter in _actorStarters) await starter(system, registry);
        foreach (var startupTask in _startupTasks) await startupTask(system, registry);
    }
}
