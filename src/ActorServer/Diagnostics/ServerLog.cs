using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Filters;

namespace ActorNet.Server.Diagnostics;

/// <summary>Makes the log: the console for a person, files for later.</summary>
internal static class ServerLog
{
    /// <summary>Makes the logger; disposing of it writes what is buffered.</summary>
    /// <param name="settings">Levels and sizes.</param>
    /// <param name="directory">Where the files go; it exists.</param>
    public static Logger Create(LoggingSettings settings, string directory)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(settings.LeastLevel ?? LogEventLevel.Fatal)
            // What the host says about itself at information, this program says in its own words.
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
        // It logs a failed bind with its stack; the node's own listener says the same in its words, to whoever asked
        // for it. A filter, as what an actor logs has its source added too late for an override of the level.
        log.Filter.ByExcluding(Matching.FromSource("Akka.IO.TcpListener"));
        // A start that failed is told to whoever started it, in one line, without a stack.
        log.Filter.ByExcluding(entry => entry.Exception is StartFailedException);
        if (settings.ConsoleLevel is { } consoleLevel)
            log.WriteTo.Console(new LogLineFormatter("HH:mm:ss.fff", settings.ConsoleInUtc), consoleLevel);
        if (settings.FileLevel is { } fileLevel)
            log.WriteTo.File(
                new LogLineFormatter("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", utc: true),
                Path.Combine(directory, "actorserver-.log"),
                fileLevel,
                fileSizeLimitBytes: settings.FileSize,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: settings.FilesKept);
        return log.CreateLogger();
    }
}
