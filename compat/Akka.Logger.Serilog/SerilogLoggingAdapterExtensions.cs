using Akka.Actor;
using Akka.Event;

namespace Akka.Logger.Serilog;

public static class SerilogLoggingAdapterExtensions
{
    /// <summary>A logger that adds the property to every entry; an adapter that is not Serilog's is returned as it is.</summary>
    public static ILoggingAdapter ForContext(
        this ILoggingAdapter adapter, string propertyName, object? value, bool destructureObjects = false) =>
        adapter is SerilogLoggingAdapter serilog
            ? serilog.SetContextProperty(propertyName, value, destructureObjects)
            : adapter;

    /// <summary>A logger whose source is the actor of <paramref name="context"/>.</summary>
    public static ILoggingAdapter GetLogger<T>(this IActorContext context) where T : class, ILoggingAdapter =>
        new SerilogLoggingAdapter(context.System.EventStream, context.Self.ToString()!, context.Props.Type);

    public static ILoggingAdapter GetLogger<T>(this ActorSystem system, object logSourceObj)
        where T : class, ILoggingAdapter
    {
        ArgumentNullException.ThrowIfNull(logSourceObj);
        var source = LogSource.Create(logSourceObj, system);
        return new SerilogLoggingAdapter(system.EventStream, source.Source, source.Type);
    }

    public static ILoggingAdapter GetLogger<T>(this ActorSystem system, string logSource, Type logType)
        where T : class, ILoggingAdapter =>
        new SerilogLoggingAdapter(system.EventStream, logSource, logType);
}
