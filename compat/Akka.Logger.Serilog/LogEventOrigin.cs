using System.Globalization;
using Akka.Actor;
using Serilog.Core;
using Serilog.Events;

namespace Akka.Logger.Serilog;

/// <summary>Adds where an entry came from: SourceContext, LogSource, ActorPath, Thread and the time it was logged.</summary>
internal sealed class LogEventOrigin(Event.LogEvent entry, ActorPath sender) : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        Add(Constants.SourceContextPropertyName, entry.LogClass?.FullName);
        Add("ActorPath", sender.ToString());
        Add("Timestamp", entry.Timestamp);
        Add("LogSource", entry.LogSource);
        Add("Thread", entry.Thread.ManagedThreadId.ToString("0000", CultureInfo.InvariantCulture));

        void Add(string name, object? value) =>
            logEvent.AddPropertyIfAbsent(new LogEventProperty(name, new ScalarValue(value)));
    }
}
