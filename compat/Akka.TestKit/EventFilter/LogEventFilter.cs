using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>A condition on log events, in words too, that counts for whoever is applying it.</summary>
internal sealed class LogEventFilter(string description, Predicate<LogEvent> isMatch) : IEventFilter
{
    public event Action? Matched;

    public bool Apply(LogEvent logEvent)
    {
        if (!isMatch(logEvent))
            return false;
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => description;
}

/// <summary>Published on the event stream for the TestEventListener, which applies these filters from then
/// on.</summary>
internal sealed record Mute(IReadOnlyList<IEventFilter> Filters);

internal sealed record Unmute(IReadOnlyList<IEventFilter> Filters);
