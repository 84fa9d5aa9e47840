using Serilog.Core;
using Serilog.Events;

namespace ActorNet.Server.Diagnostics;

/// <summary>
/// Who logged an entry, short: an actor by its path below <c>/user</c>, all else by the last word of its class.
/// </summary>
internal static class LogSourceName
{
    private const string UserActors = "/user/";

    /// <summary>The name, or <c>-</c>.</summary>
    public static string Of(LogEvent logEvent)
    {
        var source = Text(logEvent, "LogSource");
        var at = source.IndexOf(UserActors, StringComparison.Ordinal);
        // Akka writes [akka://actornet/user/listeners/native#1234567].
        if (at >= 0) return source[(at + UserActors.Length)..].Split('#', ']')[0];

        var context = Text(logEvent, Constants.SourceContextPropertyName);
        return context.Length == 0 ? "-" : context[(context.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    private static string Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: string text } ? text : "";
}
