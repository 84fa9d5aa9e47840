using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using AkkaLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class LoggersTests
{
    [Fact]
    public async Task The_configured_level_and_loggers_win_over_hocon()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("akka.loglevel = ERROR", HoconAddMode.Append)
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = AkkaLevel.WarningLevel;
                loggers.LogConfigOnStart = false;
                loggers.ClearLoggers();
                loggers.AddLogger<LoggerFactoryLogger>();
            }));

        var settings = host.System.Settings;
        Assert.Equal("WARNING", settings.LogLevel, ignoreCase: true);
        Assert.Equal([typeof(LoggerFactoryLogger)], settings.Loggers.Select(Type.GetType));
        Assert.False(settings.LogConfigOnStart);
    }

    [Fact]
    public async Task Without_clearing_the_default_logger_stays()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = AkkaLevel.ErrorLevel;
            loggers.AddLoggerFactory();
        }));

        Assert.Equal(
            [typeof(DefaultLogger), typeof(LoggerFactoryLogger)], host.System.Settings.Loggers.Select(Type.GetType));
    }

    [Fact]
    public async Task What_is_logged_reaches_the_logger_factory_of_the_host()
    {
        using var log = new RecordedLog();
        var cause = new InvalidOperationException("broken");
        await using var host = await StartLoggingAsync(
            log, loggers => loggers.AddLoggerFactory(), services => services.AddLogging(logging =>
                logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        ILoggingAdapter logger = Logging.GetLogger(host.System, "the source");

        logger.Error(cause, "Lost {0} of {1}", 3, 5);

        var entry = await log.FirstAsync(entry => entry.Level == LogLevel.Error);
        Assert.Equal(typeof(ActorSystem).FullName, entry.Category);
        Assert.Same(cause, entry.Exception);
        Assert.Contains("Lost 3 of 5", entry.Text, StringComparison.Ordinal);
        Assert.Contains("the source", entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AkkaLevel.DebugLevel, LogLevel.Debug)]
    [InlineData(AkkaLevel.InfoLevel, LogLevel.Information)]
    [InlineData(AkkaLevel.WarningLevel, LogLevel.Warning)]
    [InlineData(AkkaLevel.ErrorLevel, LogLevel.Error)]
    public async Task Each_level_is_the_level_of_that_name(AkkaLevel level, LogLevel expected)
    {
        using var log = new RecordedLog();
        using var factory = FactoryWith(log);
        await using var host = await StartLoggingAsync(log, loggers => loggers.AddLoggerFactory(factory));
        ILoggingAdapter logger = Logging.GetLogger(host.System, "the source");

        logger.Log(level, cause: null, "the marker {0}", 1);

        var entry = await log.FirstAsync(entry => entry.Text.Contains("the marker 1", StringComparison.Ordinal));
        Assert.Equal(expected, entry.Level);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_written_does_not_silence_the_next()
    {
        using var log = new RecordedLog();
        using var factory = FactoryWith(log);
        await using var host = await StartLoggingAsync(log, loggers => loggers.AddLoggerFactory(factory));
        ILoggingAdapter logger = Logging.GetLogger(host.System, "the source");

        logger.Info("A template with {Names} is not what the default formatter takes", 1);
        logger.Info("the marker {0}", 1);

        await log.FirstAsync(entry => entry.Text.Contains("the marker 1", StringComparison.Ordinal));
    }

    // A logger is subscribed some time after the system is there, and says so: what is logged before is not written.
    private static async Task<AkkaHost> StartLoggingAsync(
        RecordedLog log, Action<LoggerConfigBuilder> add, Action<IServiceCollection>? addServices = null)
    {
        var host = await AkkaHost.StartAsync(
            akka => akka.ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = AkkaLevel.DebugLevel;
                loggers.ClearLoggers();
                add(loggers);
            }),
            addServices);
        await log.FirstAsync(entry =>
            entry.Text.Contains($"[{typeof(LoggerFactoryLogger).FullName}] started", StringComparison.Ordinal));
        return host;
    }

    private static ILoggerFactory FactoryWith(RecordedLog log) =>
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
}
