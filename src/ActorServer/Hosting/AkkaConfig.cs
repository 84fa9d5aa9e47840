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
    // Above the draining and the stop steps: unbinding, and the end of the actor system.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(45);

    // So that the phase ends by its own steps' timeouts, not by its own.
    private static readonly TimeSpan PhaseMargin = TimeSpan.FromSeconds(5);

    /// <summary>What the node may take to stop, all in all.</summary>
    public static TimeSpan StopTime(ServerSettings settings) =>
        settings.Shutdown.DrainTimeout + StopStepsTime(settings) + Margin;

    /// <summary>What the stop steps may take, which run after the draining, in the same phase: jobs have their grace.</summary>
    public static TimeSpan StopStepsTime(ServerSettings settings) => settings.Exec.KillGrace + TimeSpan.FromSeconds(10);

    /// <summary>The whole configuration for the actor system.</summary>
    public static Config From(LayeredConfig config, ServerSettings settings)
    {
        var drain = (settings.Shutdown.DrainTimeout + StopStepsTime(settings) + PhaseMargin).TotalMilliseconds
            .ToString("F0", CultureInfo.InvariantCulture);
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
