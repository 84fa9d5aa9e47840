using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace ActorNet.Server.Diagnostics;

/// <summary>
/// One entry as one line: <c>12:00:01.123 INF listeners/native/conn-17  message</c>. An exception follows, indented.
/// Whatever a peer brought into the message stays text: it neither begins a line of its own nor reaches the terminal as
/// a command.
/// </summary>
/// <param name="timeFormat">How the time is written.</param>
/// <param name="utc">The time is UTC, not local.</param>
internal sealed class LogLineFormatter(string timeFormat, bool utc) : ITextFormatter
{
    private static readonly MessageTemplateTextFormatter Message = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var time = utc ? logEvent.Timestamp.ToUniversalTime() : logEvent.Timestamp.ToLocalTime();
        output.Write(time.ToString(timeFormat, CultureInfo.InvariantCulture));
        output.Write(' ');
        output.Write(ShortLevel(logEvent.Level));
        output.Write(' ');
        output.Write(SafeText.OneLine(LogSourceName.Of(logEvent)));
        output.Write("  ");
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        Message.Format(logEvent, message);
        output.Write(SafeText.OneLine(message.ToString()));
        output.Write('\n');
        if (logEvent.Exception is { } exception) WriteIndented(exception.ToString(), output);
    }

    private static void WriteIndented(string text, TextWriter output)
    {
        foreach (var line in SafeText.Lines(text).Split('\n'))
        {
            output.Write("    ");
            output.Write(line);
            output.Write('\n');
        }
    }

    private static string ShortLevel(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "VRB",
        LogEventLevel.Debug => "DBG",
        LogEventLevel.Information => "INF",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };
}
