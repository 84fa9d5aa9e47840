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

    // Nothing here throws: Serilog writes a value that cannot be captured as the fact that it could not.
    private void Write(LogEvent entry)
    {
        var level = LevelOf(entry);
        var logger = Log.Logger.ForContext(new LogEventOrigin(entry, Sender.Path));
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
        var values = message.Args ?? [];
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
