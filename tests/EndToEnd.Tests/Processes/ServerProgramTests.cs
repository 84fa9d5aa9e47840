using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorNet.Client;
using ActorNet.Client.Profiles;
using ActorNet.EndToEnd.Tests.Support;

namespace ActorNet.EndToEnd.Tests.Processes;

/// <summary>The node as whoever runs it meets it: a process with arguments, signals and an exit code.</summary>
public sealed class ServerProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_client_without_flags_logs_in_to_a_node_that_has_just_been_started_for_the_first_time()
    {
        using var server = Start();
        var port = await NodeProgram.ListensAsync(server);

        using var client = ProgramRun.Client(
            _folder.Path, "--server", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "ping");
        var ping = await client.FinishAsync();
        server.Signal(ProgramRun.SigTerm);
        var stopped = await server.EndAsync();

        Assert.Equal((0, ""), (ping.ExitCode, ping.Error));
        Assert.Equal((0, ""), (stopped.ExitCode, stopped.Error));
        Assert.EndsWith("Stopped.\n", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_during_a_transfer_lets_it_end_and_then_ends_with_0()
    {
        using var server = Start();
        var port = await NodeProgram.ListensAsync(server);
        var bytes = Content.Of(16 * Content.MiB, seed: 1);
        await File.WriteAllBytesAsync(_folder["data/files/file"], bytes);
        var profile = ProfileFile.Read(_folder[$"config/actornet/profiles/127.0.0.1_{port}.json"]);
        await using var client = await ActorNetClient.ConnectAsync(ClientOptions.From(profile)).InTime();
        using var down = new GatedStream();
        var getting = client.GetFileAsync("file", down);
        await down.Reached.InTime();

        server.Signal(ProgramRun.SigTerm);
        Assert.StartsWith("Draining 1 connection", await server.Output.ReadLineAsync(), StringComparison.Ordinal);
        down.Open();

        Assert.Equal(Content.Sha256(bytes), (await getting.InTime()).Sha256);
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_second_node_on_one_data_folder_is_refused_and_the_first_goes_on()
    {
        using var first = Start();
        var port = await NodeProgram.ListensAsync(first);

        using var second = Start();
        var refused = await second.EndAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("another server", refused.Error, StringComparison.Ordinal);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).InTime();
    }

    [Fact]
    public async Task A_killed_node_leaves_nothing_that_keeps_the_next_from_starting()
    {
        using var first = Start();
        await NodeProgram.ListensAsync(first);
        first.Signal(ProgramRun.SigKill);
        await first.EndAsync();

        using var second = Start();
        await NodeProgram.ListensAsync(second);
    }

    [Fact]
    public async Task Wrong_settings_are_all_named_by_their_keys_and_end_with_2()
    {
        using var server = Start(
            "--set", "actornet.listeners.native.port=70000", "--set", "actornet.connections.login-timeout=soon",
            "--set", "actornet.connections.login-tiemout=1s");

        var refused = await server.EndAsync();

        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("actornet.listeners.native.port", refused.Error, StringComparison.Ordinal);
        Assert.Contains("actornet.connections.login-timeout", refused.Error, StringComparison.Ordinal);
        Assert.Contains("actornet.connections.login-tiemout", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task A_port_in_use_is_named_and_ends_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        using var server = Start(
            "--set", string.Create(CultureInfo.InvariantCulture, $"actornet.listeners.native.port={port}"));
        var refused = await server.EndAsync();

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("in use", refused.Error, StringComparison.Ordinal);
        Assert.StartsWith("First run: made the account admin. ", refused.Output, StringComparison.Ordinal);
    }

    private ProgramRun Start(params string[] arguments) => ProgramRun.Server(
        _folder.Path, NodeProgram.Arguments(_folder, arguments));
}
