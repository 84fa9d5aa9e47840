using Microsoft.Extensions.Hosting;

namespace ActorNet.Server.Hosting;

/// <summary>
/// A host whose life is ruled from outside: <see cref="StopSignals"/> has the signals, not the host's console lifetime.
/// </summary>
internal sealed class ExternalLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
