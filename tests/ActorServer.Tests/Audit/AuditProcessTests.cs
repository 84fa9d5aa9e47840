using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorNet.Server.Audit;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Hosting;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Audit;

/// <summary>The log of a node that runs as a process, and is killed.</summary>
public sealed partial class AuditProcessTests : IDisposable
{
    private const int SigTerm = 15;

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private string Log => _folder["data/audit"];

    public void Dispose()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_is_recorded_from_start_to_end_and_one_that_is_killed_from_its_start()
    {
        if (OperatingSystem.IsWindows()) return;
        await StartAsync();
        Assert.True(SpinWait.SpinUntil(() => Verified.Run(Log).Out.StartsWith("3 records", StringComparison.Ordinal), TimeSpan.FromSeconds(10)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Log));
        _process!.Kill();
        await _process.WaitForExitAsync();
        await File.AppendAllTextAsync(AuditFile.In(Log)[0].Path, "{\"seq\":4,\"ti");

        await StartAsync();
        Assert.Equal(0, Kill(_process.Id, SigTerm));
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();

        Assert.Equal(0, _process.ExitCode);
        var lines = await File.ReadAllLinesAsync(AuditFile.In(Log)[0].Path);
        Assert.Equal(
            ["node.start", "user.add", "key.add", "node.start", "audit.recovered", "node.stop"],
            lines.Select(line => line.Split("\"act\":\"")[1].Split('"')[0]));
        var runs = lines.Select(line => line.Split("\"run\":\"")[1].Split('"')[0]).ToArray();
        Assert.Equal(runs[3], runs[5]);
        Assert.NotEqual(runs[0], runs[3]);
        Assert.Matches("^[0-9a-f]{8}$", runs[0]);
        Assert.Equal(0, Verified.Run(Log).ExitCode);
    }

    [Fact]
    public async Task A_log_that_others_can_look_into_stops_the_start()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(_folder["data"], PrivatePath.OwnerOnly);
        Directory.CreateDirectory(Log, PrivatePath.OwnerOnly);
        File.SetUnixFileMode(Log, PrivatePath.OwnerOnly | UnixFileMode.OtherRead);
        using var console = new RecordedConsole();

        Assert.Equal(1, await ServerCommandLine.RunAsync(["--data", _folder["data"]], console.Console));

        Assert.Contains($"{Log} is open to other users", console.Error, StringComparison.Ordinal);
    }

    private async Task StartAsync()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            Environment = { ["XDG_CONFIG_HOME"] = _folder["config"] },
        };
        foreach (var argument in (string[])[
            typeof(RunCommand).Assembly.Location, "--data", _folder["data"], "--set", "actornet.listeners.native.port=0",
            "--set", "actornet.listeners.tls.port=0", "--set", "actornet.logging.console-level=off"])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("  stop ", StringComparison.Ordinal))
                return;
        throw new InvalidOperationException("the server ended before it said how to stop it");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
