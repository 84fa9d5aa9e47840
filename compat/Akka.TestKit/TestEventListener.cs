using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// The logger of a test's actor system: prints what no EventFilter is waiting for. Gets its filters over the event
/// stream, so it has one before it gets an event that was logged after the filter was set.
/// </summary>
public class TestEventListener : DefaultLogger
{
    readonly List<IEventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Subscribe(initialize.LoggingBus);
                return base.Receive(message);
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters)
                    _filters.Remove(filter);
                return true;
            case DeadLetter letter:
                HandleDeadLetter(letter);
                return true;
            case LogEvent logEvent when IsMuted(logEvent):
                return true;
            default:
                return base.Receive(message);
        }
    }

    // Akka subscribes a logger to the levels as well, but maybe only after the actor system has been handed to the
    // test, whose first log event would then be lost.
    void Subscribe(LoggingBus bus)
    {
        foreach (var type in new[] { typeof(Mute), typeof(Unmute), typeof(DeadLetter) })
            bus.Subscribe(Self, type);
        foreach (var level in Enum.GetValues<LogLevel>().Where(level => level >= bus.LogLevel))
            bus.Subscribe(Self, level.ClassFor());
    }

    // Who filters dead letters matches a warning that carries the letter. Nothing is printed of others: Akka logs dead
    // letters itself.
    void HandleDeadLetter(DeadLetter letter)
    {
        if (letter.Message is not Terminate)
            IsMuted(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
    }

    // The first filter that matches takes the event: later ones do not count it.
    bool IsMuted(LogEvent logEvent) => _filters.Exists(filter => filter.Apply(logEvent));
}
