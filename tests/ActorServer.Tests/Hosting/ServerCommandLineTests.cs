using System.Net;
using System.Net.Sockets;
using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Settings;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Hosting;

public sealed class ServerCommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedConsole _console = new();

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Help_shows_the_usage_with_examples_and_exit_codes()
    {
        Assert.Equal(0, await RunAsync("--help"));

        Assert.Contains("--set <key=value>", _console.Out, StringComparison.Ordinal);
        Assert.Contains("actorserver --config my.hocon --data /var/lib/actornet", _console.Out, StringComparison.Ordinal);
        Assert.Contains("Exit codes: 0 stopped on request", _console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        Assert.Equal(0, await RunAsync("--version"));

        Assert.Matches(@"^actorserver \d+\.\d+\.\d+\S* \(Akka\.NET \d+\.\d+\.\d+\S*, \.NET \d+\.\d+\.\d+\S*\)\r?\n$", _console.Out);
    }

    [Theory]
    [InlineData("actorserver", "--bogus")]
    [InlineData("actorserver", "--config")]
    [InlineData("actorserver", "chek")]
    [InlineData("actorserver audit", "audit")]
    [InlineData("actorserver audit query", "audit", "query", "--limit", "0")]
    [InlineData("actorserver user add", "user", "add", "ann", "--password", "x")]
    public async Task Wrong_usage_is_exit_code_2_and_points_to_the_help_of_the_command(string command, params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));

        Assert.Contains($"actorserver: try {command} --help", _console.Error, StringComparison.Ordinal);
        Assert.Empty(_console.Out);
    }

    [Fact]
    public async Task Check_of_the_defaults_prints_the_reference()
    {
        Assert.Equal(0, await RunAsync("check"));

        var reference = new LayeredConfig([new ConfigLayer("reference", ReferenceConfig.Load())]);
        Assert.Equal(EffectiveConfig.Print(reference), _console.Out);
        Assert.Empty(_console.Error);
    }

    [Fact]
    public async Task Check_prints_what_the_options_come_to()
    {
        var file = _folder.Write("my.hocon", "actornet.shutdown.drain-timeout = 5s");

        Assert.Equal(0, await RunAsync("check", "--config", file, "--set", "actornet.node.name=north", "--data", "/srv/node"));

        Assert.Contains($"    drain-timeout = 5s  # {file}\n", _console.Out, StringComparison.Ordinal);
        Assert.Contains("    name = north  # command line\n", _console.Out, StringComparison.Ordinal);
        Assert.Contains("    directory = \"/srv/node\"  # --data\n", _console.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    public async Task A_wrong_configuration_is_exit_code_2_with_every_error_and_its_source(string command)
    {
        var file = _folder.Write("my.hocon", "actornet { node.name = \"a b\", logging.consol-level = debug }");

        Assert.Equal(2, await RunAsync(command, "--config", file, "--set", "actornet.shutdown.drain-timeout=5"));

        Assert.Equal(
            [
                $"actorserver: actornet.node.name is 'a b'; it takes at most 64 of a to z, A to Z, 0 to 9, '-', '.' and '_'. [{file}]",
                "actorserver: actornet.shutdown.drain-timeout is '5'; it takes a duration such as 500ms, 30s, 5m, 1h or 1d. [command line]",
                $"actorserver: actornet.logging.consol-level is an unknown key; did you mean actornet.logging.console-level? [{file}]",
            ],
            _console.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Empty(_console.Out);
    }

    [Fact]
    public async Task An_escape_in_a_wrong_value_does_not_reach_the_terminal()
    {
        await RunAsync("check", "--set", "actornet.shutdown.drain-timeout=\u001b[2J");

        Assert.Contains(@"is '\u001b[2J'", _console.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _console.Error);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_used_is_exit_code_1()
    {
        Assert.Equal(1, await RunAsync("--data", _folder.Write("file", "")));

        Assert.StartsWith($"actorserver: the data directory {_folder["file"]} cannot be used: ", _console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_exit_code_1_and_one_line_with_key_address_and_advice()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.Equal(1, await RunAsync(
            "--data", _folder["data"], "--set", $"actornet.listeners.native.port={port}", "--set", "actornet.profile.write=off",
            "--set", "actornet.accounts.password.iterations=100000", "--set", "actornet.listeners.tls.port=0",
            "--set", "actornet.logging.console-level=off"));

        Assert.Equal(
            $"actorserver: actornet.listeners.native cannot listen on 127.0.0.1:{port}: Address already in use. "
                + "Something listens there already: stop it, or set another port in that section.",
            _console.Error.TrimEnd());
        // Said at once, as the account is there from now on.
        Assert.StartsWith("First run: made the account admin. ", _console.Out, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => ServerCommandLine.RunAsync(args, _console.Console);
}
