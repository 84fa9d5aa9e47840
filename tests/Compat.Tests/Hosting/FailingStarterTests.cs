using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class FailingStarterTests
{
    private readonly InvalidOperationException _cause = new("the address is taken");

    [Fact]
    public async Task It_ends_the_application_with_its_exception()
    {
        await using var host = AkkaHost.Create(akka => akka.WithActors((_, _) => throw _cause));

        Assert.Same(_cause, await Assert.ThrowsAsync<InvalidOperationException>(host.RunAsync));
    }

    [Fact]
    public async Task It_is_logged_as_critical_with_its_exception()
    {
        using var log = new RecordedLog();
        await using var host = AkkaHost.Create(
            akka => akka.WithActors((_, _) => Task.FromException(_cause)),
            services => services.AddLogging(logging => logging.AddProvider(log)));

        await Assert.ThrowsAsync<InvalidOperationException>(host.RunAsync);

        var entry = await log.FirstAsync(entry => entry.Level == LogLevel.Critical);
        Assert.Same(_cause, entry.Exception);
        Assert.Equal("Akka.Hosting.AkkaHostedService", entry.Category);
    }

    [Fact]
    public async Task It_takes_the_actor_system_down_and_leaves_the_starters_after_it_alone()
    {
        ActorSystem? started = null;
        var laterRan = false;
        await using var host = AkkaHost.Create(akka => akka
            .WithActors((system, _) => started = system)
            .AddStartup((_, _) => throw _cause)
            .AddStartup((_, _) => laterRan = true));

        await Assert.ThrowsAsync<InvalidOperationException>(host.RunAsync);

        Assert.NotNull(started);
        await started.WhenTerminated.WaitAsync(AkkaHost.Patience);
        Assert.False(laterRan);
    }
}
