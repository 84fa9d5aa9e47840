using System.Globalization;
using Akka.Actor;
using Akka.Event;
using Akka.Logger.Serilog;
using Serilog.Core.Enrichers;
using Serilog.Events;
using LogEvent = Serilog.Events.LogEvent;

namespace ActorNet.Compat.Tests.LoggerSerilog;

[Collection(SerilogSystem.Collection)]
public sealed class SerilogLoggerTests : IAsyncLifetime
{
    private SerilogSystem _system = null!;
    private ILoggingAdapter _log = null!;

    [Fact]
    public async Task A_template_keeps_its_text_and_its_named_values()
    {
        _log.Info("Accepted {ConnectionId} from {Address}", 7, "10.0.0.1");

        var written = await _system.WrittenAsync("Accepted {ConnectionId} from {Address}");
        Assert.Equal(7, Value(written, "ConnectionId"));
        Assert.Equal("10.0.0.1", Value(written, "Address"));
        Assert.Equal("Accepted 7 from \"10.0.0.1\"", written.RenderMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Values_in_an_array_are_named_too()
    {
        _log.Info("{A} {B} {C} {D} {E} {F} {G}", [1, 2, 3, 4, 5, 6, 7]);

        var written = await _system.WrittenAsync("{A} {B} {C} {D} {E} {F} {G}");
        Assert.Equal(1, Value(written, "A"));
        Assert.Equal(7, Value(written, "G"));
    }

    [Fact]
    public async Task The_adapters_of_akka_itself_may_name_their_values_as_well()
    {
        ILoggingAdapter plain = Logging.GetLogger(_system.Actors, "plain");

        plain.Warning("Accepted {ConnectionId}", 7);

        Assert.Equal(7, Value(await _system.WrittenAsync("Accepted {ConnectionId}"), "ConnectionId"));
    }

    [Fact]
    public async Task Text_without_values_is_taken_literally()
    {
        const string text = "no {template}, but {{ text";

        _log.Info(text);

        var written = await _system.WrittenAsync(entry => entry.RenderMessage(null) == text);
        Assert.Equal(text, Value(written, "Message"));
    }

    [Theory]
    [InlineData(LogLevel.DebugLevel, LogEventLevel.Debug)]
    [InlineData(LogLevel.InfoLevel, LogEventLevel.Information)]
    [InlineData(LogLevel.WarningLevel, LogEventLevel.Warning)]
    [InlineData(LogLevel.ErrorLevel, LogEventLevel.Error)]
    public async Task Each_level_is_the_level_of_that_name_and_carries_its_exception(LogLevel level, LogEventLevel expected)
    {
        var cause = new InvalidOperationException("broken");

        _log.Log(level, cause: null, "Without {Cause}", "cause");
        _log.Log(level, cause, "With {Cause}", "cause");
        _log.Log(level, cause, "With a cause, without values");

        var without = await _system.WrittenAsync("Without {Cause}");
        Assert.Equal(expected, without.Level);
        Assert.Null(without.Exception);
        var with = await _system.WrittenAsync("With {Cause}");
        Assert.Equal(expected, with.Level);
        Assert.Same(cause, with.Exception);
        var text = await _system.WrittenAsync(entry => entry.RenderMessage(null) == "With a cause, without values");
        Assert.Equal(expected, text.Level);
        Assert.Same(cause, text.Exception);
    }

    [Fact]
    public async Task An_event_says_where_it_comes_from()
    {
        var actor = _system.Actors.ActorOf(Props.Create(() => new Talker()), "talker");
        actor.Tell("hello");

        var written = await _system.WrittenAsync("Said {Word}");

        Assert.Equal("akka://logging/user/talker", Text(written, "ActorPath"));
        Assert.Equal(typeof(Talker).FullName, Value(written, "SourceContext"));
        Assert.Contains("akka://logging/user/talker", Text(written, "LogSource"), StringComparison.Ordinal);
        Assert.Matches("^[0-9]{4,}$", Text(written, "Thread"));
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(Value(written, "Timestamp")).Kind);
    }

    [Fact]
    public async Task An_enricher_among_the_values_adds_its_property_and_takes_no_place_in_the_template()
    {
        _log.Info("Accepted {ConnectionId} and {Another}", 7, new PropertyEnricher("User", "ann"), 7);

        var written = await _system.WrittenAsync("Accepted {ConnectionId} and {Another}");
        Assert.Equal("ann", Value(written, "User"));
        Assert.Equal(7, Value(written, "ConnectionId"));
        Assert.Equal(7, Value(written, "Another"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_printed_costs_neither_its_event_nor_the_next()
    {
        _log.Info("Broken {Value} on {ConnectionId}", new Unprintable(), 7);
        _log.Info("Marker {Number}", 1);

        Assert.Equal(7, Value(await _system.WrittenAsync("Broken {Value} on {ConnectionId}"), "ConnectionId"));
        await _system.WrittenAsync("Marker {Number}");
    }

    [Theory]
    [InlineData("too few for {One} and {Two}")]
    [InlineData("too many")]
    [InlineData("malformed {One")]
    [InlineData("positional {0} and named {One}")]
    public async Task A_template_that_its_values_do_not_fit_is_written_all_the_same(string template)
    {
        _log.Info(template, "value");

        await _system.WrittenAsync(template);
    }

    public async Task InitializeAsync()
    {
        _system = await SerilogSystem.StartAsync();
        _log = _system.Actors.GetLogger<SerilogLoggingAdapter>("the source", typeof(SerilogLoggerTests));
    }

    public async Task DisposeAsync() => await _system.DisposeAsync();

    private static object? Value(LogEvent entry, string name) =>
        Assert.IsType<ScalarValue>(entry.Properties[name]).Value;

    private static string Text(LogEvent entry, string name) => $"{Value(entry, name)}";

    private sealed class Talker : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger<SerilogLoggingAdapter>();

        public Talker() => Receive<string>(word => _log.Info("Said {Word}", word));
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new InvalidOperationException("not today");
    }
}
