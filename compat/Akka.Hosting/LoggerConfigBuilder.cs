using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Which loggers an actor system has and from which level on they are told. Wins over what was added as HOCON.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [typeof(DefaultLogger)];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    public bool LogConfigOnStart { get; set; }

    internal AkkaConfigurationBuilder Builder { get; }

    /// <summary>Takes away the loggers added so far, and with them the default one that writes to the console.</summary>
    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    internal Config ToConfig()
    {
        var loggers = string.Join(", ", _loggers.Select(type => $"\"{type.AssemblyQualifiedName}\""));
        return ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = {{LogLevel.ToString().Replace("Level", "", StringComparison.Ordinal)}}
              loggers = [{{loggers}}]
              log-config-on-start = {{(LogConfigOnStart ? "on" : "off")}}
            }
            """);
    }
}
