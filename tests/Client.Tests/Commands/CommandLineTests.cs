using System.Text.Json;
using ActorNet.Client.Commands;
using ActorNet.Client.Tests.Support;

namespace ActorNet.Client.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("exec")]
    [InlineData("get")]
    [InlineData("ping --count 0")]
    [InlineData("ping --count x")]
    [InlineData("ping --server host:99999")]
    [InlineData("exec --timeout soon -- ls")]
    [InlineData("ls --nonsense")]
    [InlineData("exec ls -l")]
    [InlineData("get a b c")]
    [InlineData("chat")]
    [InlineData("ping --server http://node.example")]
    [InlineData("ping --fingerprint SHA256:short")]
    [InlineData("login --password secret")]
    [InlineData("login secret")]
    [InlineData("admin")]
    [InlineData("admin disconnect")]
    public async Task Wrong_line_is_one_line_on_stderr_and_code_2(string line)
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCodes.Usage, await run.Start(line.Split(' ')).EndAsync());
        Assert.Empty(run.Out);
        Assert.StartsWith("actornet: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("--help'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_line_with_json_is_json()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCodes.Usage, await run.Start("get", "--json").EndAsync());
        using var error = JsonDocument.Parse(run.Error);
        Assert.Equal(ExitCodes.Usage, error.RootElement.GetProperty("error").GetProperty("exit_code").GetInt32());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("ping --help")]
    [InlineData("echo --help")]
    [InlineData("chat --help")]
    [InlineData("chat say --help")]
    [InlineData("chat tail --help")]
    [InlineData("exec --help")]
    [InlineData("get --help")]
    [InlineData("put --help")]
    [InlineData("ls --help")]
    [InlineData("login --help")]
    [InlineData("logout --help")]
    [InlineData("whoami --help")]
    [InlineData("admin --help")]
    [InlineData("admin sessions --help")]
    [InlineData("admin disconnect --help")]
    public async Task Help_has_examples_and_says_where_the_exit_codes_are(string line)
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCodes.Ok, await run.Start(line.Split(' ')).EndAsync());
        Assert.Contains("Examples:\n  actornet ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", run.Out, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Examples_of_the_help_are_command_lines()
    {
        foreach (var example in HelpExamples.All)
        {
            // the part that is ours, with a server that is not there: it has parsed when the error is about the profile
            var ours = example[example.IndexOf("actornet", StringComparison.Ordinal)..];
            var words = ours.Split(" | ")[0].Split([" < ", " > "], StringSplitOptions.None)[0].Split(' ').Skip(1);
            using var run = new CommandRun();
            var end = await run.Start([.. words.Select(w => w.Trim('\''))]).EndAsync();
            string[] parsed = ["no profile", "no password", "notes.txt", "build.zip", "secret.txt"];
            Assert.True(
                end == ExitCodes.Ok || parsed.Any(p => run.Error.Contains(p, StringComparison.Ordinal)),
                $"{example}: {end}: {run.Error}");
        }
    }

    [Fact]
    public async Task Without_a_profile_the_error_says_where_it_looked_and_how_to_get_one()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCodes.NotAllowed, await run.Start("ping").EndAsync());
        Assert.Contains(Path.Combine(run.Home, ".config", "actornet", "profiles", "127.0.0.1_7400.json"), run.Error,
            StringComparison.Ordinal);
        Assert.Contains("chmod 600", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_code_3()
    {
        using var server = new FakeServer();
        using var run = new CommandRun().WithProfile(server);
        server.Dispose();
        Assert.Equal(
            ExitCodes.CannotConnect, await run.Start("ping", "--server", server.Address.ToString()).EndAsync());
        Assert.Contains($"cannot connect to {server.Address}", run.Error, StringComparison.Ordinal);
        Assert.Contains("is the server running", run.Error, StringComparison.Ordinal);
    }
}
