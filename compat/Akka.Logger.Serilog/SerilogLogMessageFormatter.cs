using System.Globalization;
using Akka.Event;
using Serilog;
using Serilog.Events;

namespace Akka.Logger.Serilog;

/// <summary>Renders a template with named values, for the loggers that want text.</summary>
public class SerilogLogMessageFormatter : ILogMessageFormatter
{
    public static readonly SerilogLogMessageFormatter Instance = new();

    // Not the static logger: as long as none is configured, that one binds nothing.
    private static readonly ILogger Binder = new LoggerConfiguration().CreateLogger();

    public string Format(string format, params object?[] args)
    {
        if (!Binder.BindMessageTemplate(format, args, out var template, out var bound)) return format;

        var values = new Dictionary<string, LogEventPropertyValue>();
        // A template may name a value twice, so no ToDictionary.
        foreach (var property in bound) values[property.Name] = property.Value;
        return template.Render(values, CultureInfo.InvariantCulture);
    }

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}
