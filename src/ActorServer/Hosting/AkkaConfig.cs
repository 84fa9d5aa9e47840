using System.Globalization;
using ActorNet.Server.Settings;
using Akka.Configuration;
using Serilog.Events;

namespace ActorNet.Server.Hosting;

/// <summary>
/// What the actor system is configured with: the configuration, and what follows from the node's own settings.
/// </summary>
internal static class AkkaConfig
{
    /// <summary>
    /// What the node may take to stop, above the draining: stop steps, unbinding, the end of the actor system.
    /// </summary>
    public static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(60);

    // The stop steps run after the draining, in the same phase.
    private static readonly TimeSpan StopStepsTime = TimeSpan.FromSeconds(15);

    /// <summary>The whole configuration for the actor system.</summary>
    public static Config From(LayeredConfig config, ServerSettings settings)
    {
        var drain = (settings.Shutdown.DrainTimeout + StopStepsTime).TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        Config derived = $"akka.coordinated-shutdown.phases.service-requests-done.timeout = {drain}ms";
        return derived.WithFallback(config.Effective).WithFallback($"akka.loglevel = {LogLevel(settings.Logging)}");
    }

    // Akka drops what is below its own level before Serilog sees it.
    private static string LogLevel(LoggingSettings logging) => logging.LeastLevel switch
    {
        LogEventLevel.Verbose or LogEventLevel.Debug => "DEBUG",
        LogEventLevel.Information => "INFO",
        LogEventLevel.Warning => "WARNING",
        null => "OFF",
        _ => "ERROR",
    };
}
