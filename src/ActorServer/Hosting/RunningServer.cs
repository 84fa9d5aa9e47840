using ActorNet.Server.Diagnostics;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace ActorNet.Server.Hosting;

/// <summary>A node that runs: the generic host with the actor system in it, its listeners bound.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly IHost _host;

    private RunningServer(IHost host, IReadOnlyList<ListenerBound> listeners) => (_host, Listeners) = (host, listeners);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<ListenerBound> Listeners { get; }

    /// <summary>What the node consists of.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts the actors, then binds the listeners.</summary>
    /// <exception cref="StartFailedException">With what to do about it.</exception>
    public static async Task<RunningServer> StartAsync(ServerParts parts, ActorNetHosting.StartActors startActors)
    {
        var host = Build(parts, startActors);
        try
        {
            await host.StartAsync();
            var actors = await host.Services.GetRequiredService<Task<ServerActors>>();
            var bound = await ListenerStartup.BindAsync(actors.Listeners);
            // Only now: before, there is nothing to drain, and a listener that never listened need not answer.
            ActivatorUtilities.CreateInstance<ShutdownPhases>(host.Services, actors)
                .AddTo(CoordinatedShutdown.Get(host.Services.GetRequiredService<ActorSystem>()));
            return new RunningServer(host, bound);
        }
        catch
        {
            await StopAsync(host);
            throw;
        }
    }

    /// <summary>
    /// Waits until <paramref name="stop"/> is set or the actor system ends by itself, and stops in order.
    /// </summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunUntilAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(() => ended.TrySetResult()))
        await using (_host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => ended.TrySetResult()))
            await ended.Task;
        // Stopping takes its own time, which the phases bound.
        await _host.StopAsync(CancellationToken.None);
        return stop.IsCancellationRequested ? ExitCode.Stopped : ExitCode.Failed;
    }

    public async ValueTask DisposeAsync() => await StopAsync(_host);

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static IHost Build(ServerParts parts, ActorNetHosting.StartActors startActors)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSerilog();
        builder.Services
            .AddSingleton<IHostLifetime, ExternalLifetime>()
            .Configure<HostOptions>(host =>
                host.ShutdownTimeout = AkkaConfig.StopTime(parts.Settings))
            .AddSingleton(parts.Settings)
            .AddSingleton(parts.Settings.Shutdown)
            .AddSingleton(parts.Data)
            .AddSingleton(parts.Store)
            .AddSingleton(parts.Accounts)
            .AddSingleton(parts.Console)
            .AddSingleton<ServerMetrics>()
            .AddActorNet(parts.Config, parts.Settings, startActors);
        return builder.Build();
    }
}

/// <summary>What a node is made of before any actor runs.</summary>
internal sealed record ServerParts(
    LayeredConfig Config, ServerSettings Settings, DataDirectory Data, AccountStore Store, AccountBook Accounts, ServerConsole Console);
