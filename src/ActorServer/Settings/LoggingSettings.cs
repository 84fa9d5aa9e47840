using Serilog.Events;

namespace ActorNet.Server.Settings;

/// <summary>What is logged, where, and how much of it is kept: <c>actornet.logging</c>.</summary>
/// <param name="ConsoleLevel">The least level on the console; null for none.</param>
/// <param name="ConsoleInUtc">Times on the console are UTC, not local.</param>
/// <param name="FileLevel">The least level in the file; null for no file.</param>
/// <param name="Directory">Where the files are, relative to the data directory.</param>
/// <param name="FileSize">Bytes of one file, beyond which the next is begun.</param>
/// <param name="FilesKept">Files kept; the oldest goes first.</param>
public sealed record LoggingSettings(
    LogEventLevel? ConsoleLevel, bool ConsoleInUtc, LogEventLevel? FileLevel, string Directory, long FileSize, int FilesKept)
{
    private static readonly string[] Levels = ["debug", "information", "warning", "error", "off"];

    /// <summary>The least level anywhere; null when nothing is logged.</summary>
    public LogEventLevel? LeastLevel => (ConsoleLevel, FileLevel) switch
    {
        ({ } console, { } file) => (LogEventLevel)Math.Min((int)console, (int)file),
        var (console, file) => console ?? file,
    };

    /// <summary>Reads <c>actornet.logging</c>.</summary>
    public static LoggingSettings From(SettingsReader settings) => new(
        Level(settings.Choice("console-level", Levels)),
        settings.Choice("console-time", "local", "utc") == "utc",
        Level(settings.Choice("file-level", Levels)),
        settings.Text("directory"),
        settings.Bytes("file-size", 64 * 1024, 16L * 1024 * 1024 * 1024),
        settings.Number("files-kept", 1, 10_000));

    private static LogEventLevel? Level(string word) =>
        Enum.TryParse<LogEventLevel>(word, ignoreCase: true, out var level) ? level : null;
}
