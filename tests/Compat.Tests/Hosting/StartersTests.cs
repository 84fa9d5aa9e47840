using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class StartersTests
{
    [Fact]
    public async Task Starters_run_in_order_of_registration_and_startup_tasks_after_all_of_them()
    {
        var steps = new List<string>();

        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddStartup((_, _) => steps.Add("startup"))
            .WithActors((_, _) => steps.Add("first"))
            .StartActors((_, _, _) => steps.Add("second"))
            .WithActors((_, _) => steps.Add("third")));

        Assert.Equal(["first", "second", "third", "startup"], steps);
    }

    [Fact]
    public async Task A_starter_is_awaited_before_the_next_one_runs()
    {
        var steps = new List<string>();

        await using var host = await AkkaHost.StartAsync(akka => akka
            .WithActors(async (system, _) =>
            {
                var echo = system.ActorOf(Props.Create(() => new Echo()));
                steps.Add(await echo.Ask<string>("first", AkkaHost.Patience));
            })
            .WithActors((_, _) => steps.Add("second"))
            .AddStartup(async (_, _) =>
            {
                await Task.Yield();
                steps.Add("startup");
            })
            .AddStartup((_, _) => steps.Add("last")));

        Assert.Equal(["first", "second", "startup", "last"], steps);
    }

    [Fact]
    public async Task A_starter_is_given_the_system_its_registry_and_its_container()
    {
        var settings = new Settings("from the container");
        string? seen = null;

        await using var host = await AkkaHost.StartAsync(
            akka => akka
                .WithActors((system, registry, resolver) =>
                {
                    seen = resolver.GetService<Settings>()?.Text;
                    registry.Register<Echo>(system.ActorOf(resolver.Props<Echo>(), "echo"));
                })
                .WithActors((system, registry, resolver) =>
                {
                    registry.Register<Settings>(system.ActorOf(resolver.Props(typeof(Echo)), "second"));
                    return Task.CompletedTask;
                }),
            services => services.AddSingleton(settings));

        Assert.Equal(settings.Text, seen);
        Assert.Equal("hosted", host.System.Name);
        Assert.Equal("akka://hosted/user/echo", host.Registry.Get<Echo>().Path.ToString());
        Assert.Equal("second", host.Registry.Get<Settings>().Path.Name);
        Assert.Equal("hello", await host.Registry.Get<Echo>().Ask<string>("hello", AkkaHost.Patience));
    }

    [Fact]
    public async Task A_starter_added_after_the_start_is_ignored()
    {
        var ran = false;
        await using var host = await AkkaHost.StartAsync(_ => { });

        host.Services.GetRequiredService<AkkaConfigurationBuilder>()
            .WithActors((_, _) => ran = true)
            .AddStartup((_, _) => ran = true);
        await host.StopAsync();

        Assert.False(ran);
    }

    [Fact]
    public async Task The_configuring_lambda_sees_the_container()
    {
        var settings = new Settings("from the container");
        Settings? seen = null;
        var services = new ServiceCollection().AddSingleton(settings);
        services.AddAkka("configured", (_, provider) => seen = provider.GetRequiredService<Settings>());

        await using var container = services.BuildServiceProvider();
        container.GetRequiredService<AkkaConfigurationBuilder>();

        Assert.Same(settings, seen);
    }

    private sealed record Settings(string Text);
}
