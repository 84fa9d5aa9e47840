using ActorNet.Server.Connections;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Exec;

/// <summary>The exec service: <c>actornet.exec</c>.</summary>
/// <param name="Window">For stdin.</param>
/// <param name="MaxJobs">Processes running at once on the node.</param>
/// <param name="MaxJobsPerConnection">Processes running at once for one connection.</param>
/// <param name="MaxArguments">Entries of argv.</param>
/// <param name="MaxCommandBytes">Bytes of argv, each entry with its terminating zero.</param>
/// <param name="TimeLimit">How long a command runs whose request names no limit.</param>
/// <param name="MaxTimeLimit">The most a request may ask for.</param>
/// <param name="KillGrace">Between TERM and KILL.</param>
/// <param name="DrainTime">How long pipes are waited for that somebody holds open after the process has ended.</param>
/// <param name="Shell">What a command line is appended to; empty: no command lines.</param>
/// <param name="Directory">Where commands run unless the request says otherwise; absolute.</param>
/// <param name="OnRevoke">What becomes of a running command when the right to it is taken away.</param>
/// <param name="Environment">The whole environment of a command.</param>
public sealed record ExecSettings(
    ChannelWindow Window, int MaxJobs, int MaxJobsPerConnection, int MaxArguments, int MaxCommandBytes,
    TimeSpan TimeLimit, TimeSpan MaxTimeLimit, TimeSpan KillGrace, TimeSpan DrainTime,
    IReadOnlyList<string> Shell, string Directory, OnRevoke OnRevoke, IReadOnlyDictionary<string, string> Environment)
{
    // The kernel takes no single argument above this (MAX_ARG_STRLEN), so neither may the sum.
    private const int LargestCommand = 128 * 1024;

    /// <summary>Reads <c>actornet.exec</c>.</summary>
    public static ExecSettings From(SettingsReader settings)
    {
        var environment = CommandEnvironment.From(settings, System.Environment.GetEnvironmentVariable);
        var maxTimeLimit = settings.Duration("max-time-limit", TimeSpan.FromSeconds(1), TimeSpan.FromDays(24));
        return new ExecSettings(
            ChannelWindow.From(settings),
            settings.Number("max-jobs", 1, 10_000),
            settings.Number("max-jobs-per-connection", 1, 10_000),
            settings.Number("max-arguments", 1, 100_000),
            settings.IntBytes("max-command", 1024, LargestCommand),
            settings.Duration("time-limit", TimeSpan.FromSeconds(1), maxTimeLimit),
            maxTimeLimit,
            settings.Duration("kill-grace", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)),
            settings.Duration("drain-time", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            ReadShell(settings),
            ReadDirectory(settings, environment),
            settings.Choice("on-revoke", "kill", "keep") == "keep" ? OnRevoke.Keep : OnRevoke.Kill,
            environment);
    }

    private static IReadOnlyList<string> ReadShell(SettingsReader settings)
    {
        var shell = settings.Texts("shell");
        if (shell.Count > 0 && !Path.IsPathRooted(shell[0]))
            settings.Fail("shell", $"starts with '{shell[0]}', which is not a full path.");
        return shell;
    }

    private static string ReadDirectory(SettingsReader settings, IReadOnlyDictionary<string, string> environment)
    {
        var directory = settings.OptionalText("directory");
        if (directory.Length == 0) return environment.GetValueOrDefault("HOME", "/");
        if (!Path.IsPathRooted(directory)) settings.Fail("directory", $"is '{directory}', which is not a full path.");
        return directory;
    }
}

/// <summary>What becomes of a running command when the right to it, or the whole login, is taken away.</summary>
public enum OnRevoke
{
    /// <summary>It is killed at once.</summary>
    Kill,

    /// <summary>It runs on to its end or its time limit, without a client.</summary>
    Keep,
}
