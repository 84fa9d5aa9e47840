using Akka.Event;
using Serilog.Core;
using Serilog.Core.Enrichers;

namespace Akka.Logger.Serilog;

/// <summary>A logging adapter whose templates name their values and whose context properties go with every entry.</summary>
public class SerilogLoggingAdapter : LoggingAdapterBase
{
    private readonly LoggingBus _bus;
    private readonly string _logSource;
    private readonly Type _logClass;
    private readonly ILogEventEnricher[] _context;

    public SerilogLoggingAdapter(LoggingBus bus, string logSource, Type logClass) : this(bus, logSource, logClass, [])
    {
    }

    private SerilogLoggingAdapter(LoggingBus bus, string logSource, Type logClass, ILogEventEnricher[] context)
        : base(SerilogLogMessageFormatter.Instance)
    {
        _bus = bus;
        _logSource = logSource;
        _logClass = logClass;
        _context = context;
        IsDebugEnabled = bus.LogLevel <= LogLevel.DebugLevel;
        IsInfoEnabled = bus.LogLevel <= LogLevel.InfoLevel;
        IsWarningEnabled = bus.LogLevel <= LogLevel.WarningLevel;
        IsErrorEnabled = bus.LogLevel <= LogLevel.ErrorLevel;
    }

    public override bool IsDebugEnabled { get; }

    public override bool IsInfoEnabled { get; }

    public override bool IsWarningEnabled { get; }

    public override bool IsErrorEnabled { get; }

    /// <summary>A copy of this adapter that adds the property; this one stays as it is.</summary>
    // The newest comes first: Serilog keeps the first value it is given for a name.
    public ILoggingAdapter SetContextProperty(string name, object? value, bool destructureObjects = false) =>
        new SerilogLoggingAdapter(
            _bus, _logSource, _logClass, [new PropertyEnricher(name, value, destructureObjects), .. _context]);

    protected override void NotifyDebug(object message) => NotifyDebug(null, message);

    protected override void NotifyDebug(Exception? cause, object message) =>
        _bus.Publish(new Debug(cause, _logSource, _logClass, WithContext(message)));

    protected override void NotifyInfo(object message) => NotifyInfo(null, message);

    protected override void NotifyInfo(Exception? cause, object message) =>
        _bus.Publish(new Info(cause, _logSource, _logClass, WithContext(message)));

    protected override void NotifyWarning(object message) => NotifyWarning(null, message);

    protected override void NotifyWarning(Exception? cause, object message) =>
        _bus.Publish(new Warning(cause, _logSource, _logClass, WithContext(message)));

    protected override void NotifyError(object message) => NotifyError(null, message);

    protected override void NotifyError(Exception? cause, object message) =>
        _bus.Publish(new Error(cause, _logSource, _logClass, WithContext(message)));

    private object WithContext(object message) =>
        _context.Length == 0 ? message : new ContextualMessage(message, _context);
}

/// <summary>A message with the context properties of its adapter. Other loggers see the message's own text.</summary>
internal sealed class ContextualMessage(object message, ILogEventEnricher[] enrichers)
{
    public object Message { get; } = message;

    public ILogEventEnricher[] Enrichers { get; } = enrichers;

    public override string? ToString() => Message.ToString();
}
