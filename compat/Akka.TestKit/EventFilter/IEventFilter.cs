using Akka.Event;

namespace Akka.TestKit;

public interface IEventFilter
{
    /// <summary>True if this filter is for the event, which is then kept out of the log.</summary>
    bool Apply(LogEvent logEvent);
}

/// <summary>Ends a Mute.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
