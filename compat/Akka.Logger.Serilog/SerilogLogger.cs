using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using LogEvent = Akka.Event.LogEvent;

namespace Akka.Logger.Serilog;

/// <summary>
/// Writes what actors log to the static <see cref="Log.Logger"/>. An actor system starts it when its configuration says
/// <c>akka.loggers = ["Akka.Logger.Serilog.SerilogLogger, Akka.Logger.Serilog"]</c>; it ends with the system.
/// </summary>
public class SerilogLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private const string PlainTemplate = "{Message:l}";

    public SerilogLogger()
    {
        Receive<LogEvent>(Write);
        // The actor system waits for this answer (akka.logger-startup-timeout) before it starts.
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
    }

    private void Write(LogEvent entry)
    {
        try
        {
            Write(entry, Log.Logger.ForContext(new LogEventOrigin(entry, Sender.Path)));
        }
        catch (Exception e)
        {
            // A value whose ToString throws fails here. The entry must not be lost, and the logger not restart over it.
            Log.Logger.Error(e, "An entry logged by {LogSource} could not be written", entry.LogSource);
        }
    }

    private static void Write(LogEvent entry, ILogger logger)
    {
        var level = LevelOf(entry);
        if (!logger.IsEnabled(level)) return;

        var message = entry.Message;
        if (message is ContextualMessage contextual)
        {
            logger = logger.ForContext(contextual.Enrichers);
            message = contextual.Message;
        }

        if (message is LogMessage template)
            WriteTemplate(template, level, entry.Cause, logger);
        else
            logger.Write(level, entry.Cause, PlainTemplate, message);
    }

    private static void WriteTemplate(LogMessage message, LogEventLevel level, Exception? cause, ILogger logger)
    {
        var values = message.Args;
        if (values.OfType<ILogEventEnricher>().Any())
        {
            logger = logger.ForContext(values.OfType<ILogEventEnricher>());
            values = values.Where(value => value is not ILogEventEnricher).ToArray();
        }

        logger.Write(level, cause, message.Format, values);
    }

    private static LogEventLevel LevelOf(LogEvent entry) => entry.LogLevel() switch
    {
        LogLevel.DebugLevel => LogEventLevel.Debug,
        LogLevel.InfoLevel => LogEventLevel.Information,
        LogLevel.WarningLevel => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };
}
