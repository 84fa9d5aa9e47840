using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>
/// Ties the actor system to the host: created and filled when the host starts, shut down in an orderly way when the host
/// stops, and the host stopped when the actor system terminates.
/// </summary>
internal sealed class AkkaHostedService(
    AkkaConfigurationBuilder builder,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<AkkaHostedService> logger) : IHostedService
{
    private CoordinatedShutdown? _shutdown;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var system = services.GetRequiredService<ActorSystem>();
            _shutdown = CoordinatedShutdown.Get(system);
            await builder.StartAsync(system);
            _ = StopHostOnTermination(system);
        }
        catch (Exception e)
        {
            // The host ends over it, and what it prints may be all that anyone sees.
            logger.LogCritical(e, "Unable to start the actor system [{ActorSystem}]", builder.ActorSystemName);
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _shutdown?.Run(CoordinatedShutdown.ClrExitReason.Instance) ?? Task.CompletedTask;

    private async Task StopHostOnTermination(ActorSystem system)
    {
        await system.WhenTerminated;
        lifetime.StopApplication();
    }
}
