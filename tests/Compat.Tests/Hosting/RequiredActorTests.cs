using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class RequiredActorTests
{
    [Fact]
    public async Task A_hosted_service_constructed_before_the_actors_gets_its_actor_once_that_is_registered()
    {
        await using var host = await AkkaHost.StartAsync(
            akka => akka.WithActors((system, registry) =>
                registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo()), "echo"))),
            services => services.AddSingleton<Caller>().AddHostedService(provider => provider.GetRequiredService<Caller>()));

        var caller = host.Services.GetRequiredService<Caller>();

        Assert.True(caller.StartedBeforeTheActors);
        Assert.Equal(host.Registry.Get<Echo>(), await caller.Actor!.WaitAsync(AkkaHost.Patience));
    }

    [Fact]
    public async Task A_registered_actor_is_there_at_once()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka.WithActors((system, registry) =>
            registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo()), "echo"))));

        var required = host.Services.GetRequiredService<IRequiredActor<Echo>>();

        Assert.Equal("echo", required.ActorRef.Path.Name);
        Assert.Equal(required.ActorRef, await required.GetAsync());
    }

    [Fact]
    public async Task An_actor_that_is_not_registered_throws_when_asked_for_not_when_injected()
    {
        await using var host = await AkkaHost.StartAsync(_ => { });

        var required = host.Services.GetRequiredService<IRequiredActor<Echo>>();

        Assert.Throws<MissingActorRegistryEntryException>(() => required.ActorRef);
    }

    private sealed class Caller(IRequiredActor<Echo> required, IReadOnlyActorRegistry registry) : IHostedService
    {
        public bool StartedBeforeTheActors { get; private set; }

        public Task<IActorRef>? Actor { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            StartedBeforeTheActors = !registry.TryGet<Echo>(out _);
            Actor = required.GetAsync(CancellationToken.None);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
