using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Something a TestScheduler will do, once or every interval.</summary>
internal sealed record ScheduledWork(DateTimeOffset Due, TimeSpan? Interval, Action Run, ICancelable? Cancelable)
{
    public bool IsCanceled => Cancelable?.IsCancellationRequested ?? false;
}
