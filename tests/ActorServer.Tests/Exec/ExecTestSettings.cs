using ActorNet.Server.Connections;
using ActorNet.Server.Exec;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Exec;

/// <summary>Settings for tests: those that are delivered, and short ones.</summary>
internal static class ExecTestSettings
{
    public static readonly ExecSettings Small = new(
        new ChannelWindow(64 * 1024, 1024 * 1024), MaxJobs: 5, MaxJobsPerConnection: 3, MaxArguments: 10, MaxCommandBytes: 1024,
        TimeLimit: TimeSpan.FromMinutes(10), MaxTimeLimit: TimeSpan.FromHours(1), KillGrace: TimeSpan.FromSeconds(5),
        DrainTime: TimeSpan.FromSeconds(1), Shell: ["/bin/sh", "-c"], Directory: "/", OnRevoke: OnRevoke.Kill, Environment: ProcessRun.Environment);

    /// <summary>The configuration that is delivered, whichever file holds it.</summary>
    public static Config Delivered { get; } = ConfigurationFactory.ParseString(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hocon"), "*.hocon").Select(File.ReadAllText)
            .First(text => text.Contains("max-jobs-per-connection", StringComparison.Ordinal)));

    public static SettingsReader Reader(string changes = "") =>
        new(ConfigurationFactory.ParseString(changes).WithFallback(Delivered), "actornet.exec");
}
