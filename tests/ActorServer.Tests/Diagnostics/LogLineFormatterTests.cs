using System.Globalization;
using ActorNet.Server.Diagnostics;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ActorNet.Server.Tests.Diagnostics;

public class LogLineFormatterTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 12, 0, 1, 500, TimeSpan.FromHours(2));

    [Fact]
    public void An_entry_is_one_line_of_time_level_source_and_message() => Assert.Equal(
        "2026-01-31T10:00:01.500Z WRN ConnectionActor  conn-17 sent 5 bytes\n",
        Format(log => log.ForContext(Constants.SourceContextPropertyName, "ActorNet.Server.Connections.ConnectionActor")
            .Warning("{Connection} sent {Bytes} bytes", "conn-17", 5)));

    [Fact]
    public void An_actor_is_named_by_its_path_below_user() => Assert.Contains(
        " INF listeners/native/conn-17  hello\n",
        Format(log => log.ForContext("LogSource", "[akka://actornet/user/listeners/native/conn-17#12345]").Information("hello")),
        StringComparison.Ordinal);

    [Fact]
    public void An_escape_in_a_property_does_not_reach_the_terminal()
    {
        var line = Format(log => log.Information("account {Account} logged in", "\u001b[2Jroot\u202e"));

        Assert.EndsWith(@"  account \u001b[2Jroot\u202e logged in" + "\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_feed_in_a_property_does_not_begin_a_line_of_its_own()
    {
        var line = Format(log => log.Information("room {Room}", "a\n2026-01-31T10:00:01.500Z ERR node  forged"));

        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Fact]
    public void An_exception_follows_indented_and_neutralised()
    {
        var lines = Format(log => log.Error(new InvalidOperationException("first\nsecond \u001b[1m"), "failed")).Split('\n');

        Assert.EndsWith("  failed", lines[0], StringComparison.Ordinal);
        Assert.Equal("    System.InvalidOperationException: first", lines[1]);
        Assert.Equal(@"    second \u001b[1m", lines[2]);
    }

    private static string Format(Action<ILogger> write)
    {
        var sink = new Recorder();
        using var logger = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.Sink(sink).CreateLogger();
        write(logger);
        var entry = sink.Entry!;
        var at = new LogEvent(
            Time, entry.Level, entry.Exception, entry.MessageTemplate, entry.Properties.Select(p => new LogEventProperty(p.Key, p.Value)));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new LogLineFormatter("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", utc: true).Format(at, output);
        return output.ToString();
    }

    private sealed class Recorder : ILogEventSink
    {
        public LogEvent? Entry { get; private set; }

        public void Emit(LogEvent logEvent) => Entry = logEvent;
    }
}
