using System.Text.Json;
using ActorNet.Client.Commands;
using ActorNet.Client.Terminal;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Tests.Commands;

public sealed class LoginCommandTests : IDisposable
{
    private readonly FakeServer _server = new();
    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    private string LoginFile => Path.Combine(
        _home, ".config", "actornet", "profiles", $"127.0.0.1_{_server.Address.Port}.login.json");

    [Fact]
    public async Task Login_asks_once_unseen_and_later_commands_need_nothing()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        login.Start("login", "--server", _server.Address.ToString(), "--account", "alice");
        await ServeAsync();
        Assert.Equal(ExitCodes.Ok, await login.EndAsync());
        var (question, typing) = Assert.Single(login.Prompt!.Asked);
        Assert.Equal((Typing.Hidden, true), (typing, question.Contains("alice", StringComparison.Ordinal)));
        Assert.Contains("logged in as alice (SCRAM-SHA-256)", login.Out, StringComparison.Ordinal);

        using var ping = new CommandRun(_home).Start("ping");
        using var peer = await _server.AcceptAsync();
        await peer.LogInByPasswordAsync();
        await PongAsync(peer);
        Assert.Equal(ExitCodes.Ok, await ping.EndAsync());
    }

    [Fact]
    public async Task What_is_kept_is_private_and_not_the_password()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        login.Start("login", "--server", _server.Address.ToString(), "--account", "alice");
        await ServeAsync();
        Assert.Equal(ExitCodes.Ok, await login.EndAsync());
        var text = File.ReadAllText(LoginFile);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(text);
        Assert.Equal(_server.Address.ToString(), json.RootElement.GetProperty("server").GetString());
        Assert.Equal(ScramMechanism.MinIterations, json.RootElement.GetProperty("scram").GetProperty("iterations").GetInt32());
        Assert.False(json.RootElement.TryGetProperty("key", out _));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LoginFile));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("canary wrong")]
    public async Task No_password_in_any_output(string? wrong)
    {
        using var login = new CommandRun(_home);
        login.Environment[Passwords.Variable] = wrong ?? ScramAccount.Password;
        login.Start("login", "--server", _server.Address.ToString(), "--account", "alice", "--json");
        await ServeAsync();
        Assert.Equal(wrong is null ? ExitCodes.Ok : ExitCodes.NotAllowed, await login.EndAsync());
        Assert.DoesNotContain("canary", login.Out + login.Error, StringComparison.Ordinal);
        Assert.Equal(wrong is null, File.Exists(LoginFile));
    }

    [Fact]
    public async Task Wrong_password_says_what_to_do()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt("nonsense") };
        login.Start("login", "--server", _server.Address.ToString(), "--account", "alice");
        await ServeAsync();
        Assert.Equal(ExitCodes.NotAllowed, await login.EndAsync());
        Assert.Contains("check --account, or run actornet login again", login.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_is_none_is_said_before_a_password_is_asked_for()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt() };
        login.Start("login", "--server", _server.Address.ToString(), "--account", "a b");
        Assert.Equal(ExitCodes.NotAllowed, await login.EndAsync());
        Assert.Equal(
            "actornet: 'a b' is not the name of an account: The name has U+0020; it takes letters and digits of any script, '-', '_', '.' and '@'\n",
            login.Error);
    }

    [Fact]
    public async Task Password_file_is_read_to_the_end_of_its_first_line()
    {
        var file = PasswordFile($"{ScramAccount.Password}\r\nsecond line\n");
        using var ping = new CommandRun(_home).Start(
            "ping", "--server", _server.Address.ToString(), "--account", "alice", "--password-file", file);
        await ServeAsync(PongAsync);
        Assert.Equal(ExitCodes.Ok, await ping.EndAsync());
    }

    [Fact]
    public async Task Password_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = PasswordFile(ScramAccount.Password);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        using var ping = new CommandRun(_home).Start("ping", "--account", "alice", "--password-file", file);
        Assert.Equal(ExitCodes.NotAllowed, await ping.EndAsync());
        Assert.Contains($"chmod 600 '{file}'", ping.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a\0canary")]
    public async Task Password_file_without_a_password_is_an_error(string content)
    {
        using var ping = new CommandRun(_home).Start("ping", "--account", "alice", "--password-file", PasswordFile(content));
        Assert.Equal(ExitCodes.NotAllowed, await ping.EndAsync());
        Assert.DoesNotContain("canary", ping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_the_error_says_where_a_password_may_come_from()
    {
        using var login = new CommandRun(_home).Start("login", "--account", "alice");
        Assert.Equal(ExitCodes.NotAllowed, await login.EndAsync());
        Assert.Contains(Passwords.Variable, login.Error, StringComparison.Ordinal);
        Assert.Contains("--password-file", login.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_is_asked_for_when_nobody_is_named()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt(" alice ", ScramAccount.Password) };
        login.Start("login", "--server", _server.Address.ToString());
        await ServeAsync();
        Assert.Equal(ExitCodes.Ok, await login.EndAsync());
        Assert.Equal([Typing.Shown, Typing.Hidden], login.Prompt!.Asked.Select(a => a.Typing));
    }

    [Fact]
    public async Task Login_leaves_the_key_alone_and_goes_before_it_until_logout()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        login.WithProfile(_server).Start("login", "--server", _server.Address.ToString(), "--account", "alice");
        await ServeAsync();
        Assert.Equal(ExitCodes.Ok, await login.EndAsync());

        using var logout = new CommandRun(_home).Start("logout");
        Assert.Equal(ExitCodes.Ok, await logout.EndAsync());
        Assert.Contains($"deleted {LoginFile}", logout.Out, StringComparison.Ordinal);
        Assert.Contains("stays", logout.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(LoginFile));

        using var ping = new CommandRun(_home).Start("ping", "--server", _server.Address.ToString());
        using var peer = await _server.AcceptAsync();
        await peer.LogInAsync();
        await PongAsync(peer);
        Assert.Equal(ExitCodes.Ok, await ping.EndAsync());
    }

    [Fact]
    public async Task Logout_without_a_login_deletes_nothing_and_says_so()
    {
        using var logout = new CommandRun(_home).WithProfile(_server).Start("logout", "--server", _server.Address.ToString());
        Assert.Equal(ExitCodes.Ok, await logout.EndAsync());
        Assert.Contains("no login to forget", logout.Out, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(logout.ConfigOf("profiles")));
    }

    [Fact]
    public async Task Another_account_than_the_profiles_logs_in_by_password()
    {
        using var ping = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        ping.WithProfile(_server).Start("ping", "--server", _server.Address.ToString(), "--account", "bob");
        await ServeAsync(PongAsync);
        Assert.Equal(ExitCodes.Ok, await ping.EndAsync());
        Assert.Contains("bob", Assert.Single(ping.Prompt!.Asked).Question, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_password_is_said_and_the_way_out()
    {
        using var login = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        login.Start("login", "--server", _server.Address.ToString(), "--account", "alice");
        await ServeAsync();
        await login.EndAsync();
        using var ping = new CommandRun(_home).Start("ping");
        using var peer = await _server.AcceptAsync();
        await peer.ChallengeAsync([ScramMechanism.Plain], [], ScramAccount.Changed);
        Assert.Equal(ExitCodes.NotAllowed, await ping.EndAsync());
        Assert.Contains("the password was changed", ping.Error, StringComparison.Ordinal);
        Assert.EndsWith("run actornet login again\n", ping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_is_kept_and_shown_at_the_next_login()
    {
        byte[] given = [1, 2, 3];
        using var first = new CommandRun(_home).WithProfile(_server).Start("ping", "--server", _server.Address.ToString());
        using (var peer = await _server.AcceptAsync())
        {
            await peer.LogInAsync(device: given);
            await PongAsync(peer);
        }

        Assert.Equal(ExitCodes.Ok, await first.EndAsync());
        using var second = new CommandRun(_home) { Prompt = new FakePrompt(ScramAccount.Password) };
        second.Start("login", "--server", _server.Address.ToString(), "--account", "Alice");
        using (var peer = await _server.AcceptAsync())
        {
            var step = await peer.LogInByPasswordAsync();
            Assert.Equal(given, step!.Device);
        }

        await second.EndAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(second.ConfigOf("devices")));
    }

    [Fact]
    public async Task Rate_limited_login_shows_the_servers_time()
    {
        using var run = new CommandRun(_home).WithProfile(_server).Start("ping", "--server", _server.Address.ToString());
        using var peer = await _server.AcceptAsync();
        await peer.GreetAsync();
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Goodbye(ErrorCode.RateLimited, "too many failed logins; try again in 12 s").ToFrame());
        Assert.Equal(ExitCodes.CannotConnect, await run.EndAsync());
        Assert.Contains("; try again in 12 s (rate-limited)\n", run.Error, StringComparison.Ordinal);
    }

    private string PasswordFile(string content)
    {
        var path = Path.Combine(_home, "password");
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private async Task ServeAsync(Func<FakePeer, Task>? then = null)
    {
        using var peer = await _server.AcceptAsync();
        if (await peer.LogInByPasswordAsync() is not null && then is not null) await then(peer);
    }

    private static async Task PongAsync(FakePeer peer)
    {
        var ping = await peer.ExpectAsync(FrameType.Ping);
        await peer.SendAsync(ping with { Type = FrameType.Pong });
        await peer.ExpectAsync(FrameType.Goodbye);
    }
}
