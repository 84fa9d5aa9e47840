using Akka;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class LifetimeTests
{
    [Fact]
    public async Task Stopping_the_host_runs_the_phases_of_coordinated_shutdown_and_terminates_the_system()
    {
        var phases = new List<string>();
        await using var host = await AkkaHost.StartAsync(_ => { });
        var system = host.System;
        var shutdown = CoordinatedShutdown.Get(system);
        AddTo(CoordinatedShutdown.PhaseServiceStop);
        AddTo(CoordinatedShutdown.PhaseServiceUnbind);

        await host.StopAsync();

        Assert.Equal([CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceStop], phases);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);

        void AddTo(string phase) => shutdown.AddTask(phase, "note", () =>
        {
            phases.Add(phase);
            return Task.FromResult(Done.Instance);
        });
    }

    [Fact]
    public async Task A_system_that_terminates_stops_the_host()
    {
        await using var host = await AkkaHost.StartAsync(_ => { });
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.System.Terminate();

        await stopping.Task.WaitAsync(AkkaHost.Patience);
    }
}
