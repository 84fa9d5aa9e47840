using Akka.Actor;
using Akka.Event;
using Akka.Logger.Serilog;

namespace ActorNet.Server.Diagnostics;

/// <summary>The log of an actor: message templates with named properties, which reach Serilog as such.</summary>
internal static class ActorLogging
{
    /// <summary>The log of the actor whose context this is.</summary>
    public static ILoggingAdapter ServerLog(this IActorContext context) => context.GetLogger<SerilogLoggingAdapter>();
}
