using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ActorNet.Protocol;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Administration;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Hosting;

/// <summary>The program as a process: what only signals and an exit code can show.</summary>
public sealed partial class ServerProcessTests : IDisposable
{
    private const int SigTerm = 15;

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public void Dispose()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_run_leaves_a_profile_with_the_port_and_the_key()
    {
        var port = await StartAsync();

        var profile = await File.ReadAllTextAsync(_folder[$"config/actornet/profiles/127.0.0.1_{port}.json"]);
        using var store = AccountStore.Open(_folder["data"], TestAccounts.Settings);
        var key = Convert.ToBase64String(FirstRun.LocalKeyOf(store.Load())!);
        Assert.Equal($$"""{"server":"127.0.0.1:{{port}}","account":"admin","key":"{{key}}"}""", profile.Trim());
    }

    [Fact]
    public async Task SIGTERM_stops_it_in_order_with_exit_code_0()
    {
        await StartAsync();

        Terminate();

        Assert.Contains("Stopped.", await _process!.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    [Fact]
    public async Task A_second_SIGTERM_while_it_drains_ends_it_at_once()
    {
        var port = await StartAsync();
        // A client that has seen the server's HELLO is one to drain; it never closes.
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var hello = new ClientHello([ProtocolLimits.Version], "test", new byte[ProtocolLimits.NonceLength]);
        await client.GetStream().WriteAsync(FrameWriter.ToArray(hello.ToFrame()));
        await client.GetStream().ReadExactlyAsync(new byte[1]);
        Terminate();
        await ReadLineAsync("Draining 1 connection, at most 30 s; press Ctrl-C again to stop now.");

        Terminate();

        await _process!.WaitForExitAsync();
        Assert.Equal(143, _process.ExitCode);
    }

    private async Task<int> StartAsync()
    {
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
        var listens = "";
        while (!listens.EndsWith("(native)", StringComparison.Ordinal)) listens = await ReadLineAsync("  listens  127.0.0.1:");
        await ReadLineAsync("  stop ");
        return int.Parse(listens.Split(':')[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private async Task<string> ReadLineAsync(string start)
    {
        while (await _process!.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(start, StringComparison.Ordinal))
                return line;
        throw new InvalidOperationException($"the server ended before it said '{start}'");
    }

    // SIGINT would do the same, but is ignored by a process whose parents run in a shell's background.
    private void Terminate() => Assert.Equal(0, Kill(_process!.Id, SigTerm));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
