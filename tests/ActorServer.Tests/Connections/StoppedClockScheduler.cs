using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>
/// A test scheduler whose monotonic clock, too, moves only when the test advances it. That of the official kit is the
/// machine's, so an actor that measures how long its peer has been silent would never see time pass.
/// </summary>
public sealed class StoppedClockScheduler : TestScheduler, ITimeProvider
{
    private readonly DateTimeOffset _start;

    public StoppedClockScheduler(Config config, ILoggingAdapter log) : base(config, log) => _start = Now;

    TimeSpan ITimeProvider.MonotonicClock => Now - _start;

    TimeSpan ITimeProvider.HighResMonotonicClock => Now - _start;
}
