using System.Security.Authentication;
using ActorNet.Client.Terminal;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Tests.Commands;

public sealed class FirstContactTests : IDisposable
{
    private readonly FakeServer _tls = new(TestCertificate.One);
    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;

    public void Dispose()
    {
        _tls.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("YES ")]
    [InlineData("y", "sure", "yes")]
    [InlineData("FINGERPRINT")]
    public async Task First_contact_shows_the_fingerprint_and_takes_a_whole_yes(params string[] answers)
    {
        using var run = new CommandRun(_home) { Prompt = new FakePrompt(Answers(answers)) };
        run.WithProfile(_tls).Start("ping", "--server", _tls.Address.ToString());
        await TurnAwayAsync();
        using (var peer = await _tls.AcceptAsync())
        {
            await peer.LogInAsync();
            await PongAsync(peer);
        }

        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal(answers.Length, run.Prompt!.Asked.Count);
        var question = run.Prompt.Asked[0].Question;
        Assert.Contains(_tls.Fingerprint.ToString(), question, StringComparison.Ordinal);
        Assert.Contains(_tls.Address.HostAndPort, question, StringComparison.Ordinal);
        Assert.Contains("actorserver", question, StringComparison.Ordinal);
        Assert.Equal($"{_tls.Address.HostAndPort} {_tls.Fingerprint}\n", File.ReadAllText(run.ConfigOf("known_hosts")));
    }

    [Fact]
    public async Task Nobody_types_a_password_before_the_fingerprint_was_compared()
    {
        using var run = new CommandRun(_home) { Prompt = new FakePrompt("yes", ScramAccount.Password) };
        run.Start("login", "--server", _tls.Address.ToString(), "--account", "alice");
        await TurnAwayAsync();
        using (var peer = await _tls.AcceptAsync())
        {
            await peer.LogInByPasswordAsync();
            await peer.ExpectAsync(FrameType.Goodbye);
        }

        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal([Typing.Shown, Typing.Hidden], run.Prompt!.Asked.Select(a => a.Typing));
        Assert.Contains(_tls.Fingerprint.ToString(), run.Prompt.Asked[0].Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_was_not_confirmed_gets_no_password_typed_for_it()
    {
        using var run = new CommandRun(_home) { Prompt = new FakePrompt("no") };
        run.Start("login", "--server", _tls.Address.ToString(), "--account", "alice");
        await TurnAwayAsync();
        Assert.Equal(ExitCodes.WrongServer, await run.EndAsync());
        Assert.Single(run.Prompt!.Asked);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("y", "NO")]
    [InlineData("y")]
    [InlineData("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task First_contact_that_is_not_confirmed_ends_with_code_6(params string[] answers)
    {
        using var run = new CommandRun(_home) { Prompt = new FakePrompt(answers) };
        run.WithProfile(_tls).Start("ping", "--server", _tls.Address.ToString());
        await TurnAwayAsync();
        Assert.Equal(ExitCodes.WrongServer, await run.EndAsync());
        Assert.False(File.Exists(run.ConfigOf("known_hosts")));
    }

    [Fact]
    public async Task Certificate_that_changes_while_somebody_compares_is_refused()
    {
        using var other = new FakeServer(TestCertificate.Other);
        using var run = new CommandRun(_home) { Prompt = new FakePrompt(other.Fingerprint.ToString()) };
        run.WithProfile(_tls).Start("ping", "--server", _tls.Address.ToString());
        await TurnAwayAsync();
        Assert.Equal(ExitCodes.WrongServer, await run.EndAsync());
    }

    [Fact]
    public async Task First_contact_without_a_terminal_is_code_6_and_names_the_option()
    {
        using var run = new CommandRun(_home).WithProfile(_tls).Start("ping", "--server", _tls.Address.ToString());
        await TurnAwayAsync();
        Assert.Equal(ExitCodes.WrongServer, await run.EndAsync());
        Assert.Contains($"--fingerprint {_tls.Fingerprint}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fingerprint_on_the_command_line_asks_nobody()
    {
        using var run = new CommandRun(_home).WithProfile(_tls).Start(
            "ping", "--server", _tls.Address.ToString(), "--fingerprint", _tls.Fingerprint.ToString());
        using var peer = await _tls.AcceptAsync();
        await peer.LogInAsync();
        await PongAsync(peer);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.True(File.Exists(run.ConfigOf("known_hosts")));
    }

    private string?[] Answers(string[] answers) =>
        [.. answers.Select(a => a == "FINGERPRINT" ? _tls.Fingerprint.ToString() : a)];

    // A client that does not know the server goes away in the handshake.
    private async Task TurnAwayAsync()
    {
        try
        {
            using var peer = await _tls.AcceptAsync();
            await peer.ExpectEndAsync();
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // it broke the handshake off
        }
    }

    private static async Task PongAsync(FakePeer peer)
    {
        var ping = await peer.ExpectAsync(FrameType.Ping);
        await peer.SendAsync(ping with { Type = FrameType.Pong });
        await peer.ExpectAsync(FrameType.Goodbye);
    }
}
