using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>
/// Writes what actors log to an <see cref="ILogger"/> of category <see cref="ActorSystem"/>. Started by the actor system
/// (akka.loggers), told by its event stream, ends with it.
/// </summary>
public class LoggerFactoryLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILogger<ActorSystem> _logger;

    public LoggerFactoryLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        if (!setup.HasValue)
            throw new ConfigurationException($"The actor system was created without a {nameof(LoggerFactorySetup)}.");

        _logger = setup.Value.LoggerFactory.CreateLogger<ActorSystem>();
        Receive<LogEvent>(Write);
        // The actor system waits for this answer (akka.logger-startup-timeout) before it starts.
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
    }

    private void Write(LogEvent entry)
    {
        try
        {
            _logger.Log(LevelOf(entry), default, entry, entry.Cause, static (entry, _) => entry.ToString());
        }
        catch (Exception e)
        {
            // A template whose values do not fit it fails here. The logger is not restarted over it.
            _logger.LogError(e, "An entry logged by {LogSource} could not be written", entry.LogSource);
        }
    }

    private static LogLevel LevelOf(LogEvent entry) => entry.LogLevel() switch
    {
        Event.LogLevel.DebugLevel => LogLevel.Debug,
        Event.LogLevel.InfoLevel => LogLevel.Information,
        Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
