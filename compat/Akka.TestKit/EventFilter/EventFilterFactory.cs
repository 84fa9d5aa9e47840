using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Filters of log events, by level, text and source. Of <c>message</c> (the whole text), <c>start</c> and
/// <c>contains</c> the first given counts; <c>source</c> is the log source, of an actor its path with or without the
/// address. Events below <c>akka.loglevel</c> are never published, so never match.
/// </summary>
public class EventFilterFactory
{
    readonly TestKitBase _testKit;
    readonly ActorSystem _system;
    readonly IReadOnlyList<LogEventFilter> _filters;

    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit?.Sys!)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testKit, ActorSystem system, IReadOnlyList<LogEventFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(testKit);
        ArgumentNullException.ThrowIfNull(system);
        (_testKit, _system, _filters) = (testKit, system, filters);
    }

    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        Errors(null, TextMatch.Of(message, start, contains), source, false);

    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        Errors(null, TextMatch.Of(pattern), source, false);

    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        Level<Warning>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        Level<Warning>(TextMatch.Of(pattern), source);

    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        Level<Info>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) => Level<Info>(TextMatch.Of(pattern), source);

    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        Level<Debug>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        Level<Debug>(TextMatch.Of(pattern), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null,
        string? contains = null, string? source = null) =>
        Level(logLevel, TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        Level(logLevel, TextMatch.Of(pattern), source);

    /// <summary>Errors with such an exception as their cause, by the text of the event or of the exception.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null,
        string? contains = null, string? source = null) where TException : Exception =>
        Errors(typeof(TException), TextMatch.Of(message, start, contains), source, false);

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception =>
        Errors(typeof(TException), TextMatch.Of(pattern), source, false);

    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null,
        string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        Errors(exceptionType, TextMatch.Of(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null,
        bool checkInnerExceptions = false) =>
            Errors(exceptionType, TextMatch.Of(pattern), source, checkInnerExceptions);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Applier(new("Custom", predicate));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetters("DeadLetter", _ => true, null);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type, _ => true, source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        DeadLetters($"DeadLetter of {type}", message => type.IsInstanceOfType(message) && isMatch(message), source);

    EventFilterApplier Level(LogLevel level, TextMatch text, string? source) => level switch
    {
        LogLevel.DebugLevel => Level<Debug>(text, source),
        LogLevel.InfoLevel => Level<Info>(text, source),
        LogLevel.WarningLevel => Level<Warning>(text, source),
        LogLevel.ErrorLevel => Errors(null, text, source, false),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    EventFilterApplier Level<TEvent>(TextMatch text, string? source) where TEvent : LogEvent
    {
        var from = TextMatch.Source(source);
        return Applier(new($"{typeof(TEvent).Name}{text.Description}{from.Description}", logEvent =>
            logEvent is TEvent && from.IsMatch(logEvent.LogSource)
                && text.IsMatch(ErrorMatch.TextOf(logEvent.Message))));
    }

    EventFilterApplier Errors(Type? exceptionType, TextMatch text, string? source, bool recurse)
    {
        var match = new ErrorMatch(exceptionType, text, TextMatch.Source(source), recurse);
        return Applier(new(match.Description, match.IsMatch));
    }

    // The TestEventListener turns dead letters into warnings whose message is the DeadLetter.
    EventFilterApplier DeadLetters(string description, Predicate<object> isMatch, string? source)
    {
        var from = TextMatch.Source(source);
        return Applier(new(description + from.Description, logEvent =>
            logEvent is Warning { Message: DeadLetter letter } && from.IsMatch(logEvent.LogSource)
                && isMatch(letter.Message)));
    }

    EventFilterApplier Applier(LogEventFilter filter) => new(_testKit, _system, [.. _filters, filter]);
}
