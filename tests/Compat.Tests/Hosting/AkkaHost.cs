using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorNet.Compat.Tests.Hosting;

/// <summary>A host with an actor system in it that logs nothing. Disposing it stops it, if it was started.</summary>
internal sealed class AkkaHost : IAsyncDisposable
{
    /// <summary>How long a test waits for what must happen. Only a failing one waits that long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Quiet = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    private readonly IHost _host;
    private bool _started;

    private AkkaHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public ActorSystem System => Services.GetRequiredService<ActorSystem>();

    public IActorRegistry Registry => Services.GetRequiredService<IActorRegistry>();

    /// <param name="configure">What is added to the actor system.</param>
    /// <param name="addServices">What is added to the host, before the actor system.</param>
    public static AkkaHost Create(
        Action<AkkaConfigurationBuilder> configure, Action<IServiceCollection>? addServices = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        addServices?.Invoke(builder.Services);
        builder.Services.AddAkka("hosted", (akka, _) =>
        {
            configure(akka);
            akka.AddHocon(Quiet, HoconAddMode.Append);
        });
        return new AkkaHost(builder.Build());
    }

    public static async Task<AkkaHost> StartAsync(
        Action<AkkaConfigurationBuilder> configure, Action<IServiceCollection>? addServices = null)
    {
        var host = Create(configure, addServices);
        await host._host.StartAsync().WaitAsync(Patience);
        host._started = true;
        return host;
    }

    /// <summary>Runs until the application ends, by itself or by a failure to start.</summary>
    public Task RunAsync() => _host.RunAsync().WaitAsync(Patience);

    public Task StopAsync() => _host.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        if (_started) await StopAsync();
        _host.Dispose();
    }
}
