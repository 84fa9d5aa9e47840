using ActorNet.Server.Audit;
using ActorNet.Server.Tests.Hosting;

namespace ActorNet.Server.Tests.Audit;

/// <summary>What <c>audit verify</c> says of a log.</summary>
internal static class Verified
{
    public static (int ExitCode, string Out, string Error) Run(string directory, params ChainHead[] expected)
    {
        using var console = new RecordedConsole();
        var exitCode = new VerifyCommand(console.Console, expected).Run(directory);
        return (exitCode, console.Out, console.Error);
    }

    public static void Is(AuditFolder folder, int exitCode)
    {
        var verified = Run(folder.Path);
        Assert.True(exitCode == verified.ExitCode, verified.Error);
    }

    /// <summary>It is right, all of it, and has so many records.</summary>
    public static void Whole(AuditFolder folder, int records)
    {
        var verified = Run(folder.Path);
        Assert.True(verified.ExitCode == 0, verified.Error);
        Assert.StartsWith($"{records} record", verified.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("  then ", verified.Out, StringComparison.Ordinal);
    }
}
