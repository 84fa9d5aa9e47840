using System.Text.Json;
using ActorNet.EndToEnd.Tests.Support;

namespace ActorNet.EndToEnd.Tests.Processes;

/// <summary>The command line as its user meets it: a process with arguments, streams and an exit code.</summary>
public sealed class ClientProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ping_and_echo_end_with_0()
    {
        await using var server = await ServerFixture.StartAsync();

        var ping = await RunAsync(server, "ping");
        var echo = await RunAsync(server, "echo", "hello,", "world");

        Assert.Equal((0, ""), (ping.ExitCode, ping.Error));
        Assert.StartsWith("actornet: ", ping.Output, StringComparison.Ordinal);
        Assert.Equal((0, "hello, world\n", ""), (echo.ExitCode, echo.Output, echo.Error));
    }

    [Fact]
    public async Task Exec_passes_streams_and_exit_code_through()
    {
        await using var server = await ServerFixture.StartAsync();
        using var run = Start(server, "exec", "--shell", "--", "cat; echo oops >&2; exit 7");
        var bytes = Content.Of(Content.MiB, seed: 1);

        var finished = await run.FinishAsync(bytes);

        Assert.Equal(7, finished.ExitCode);
        Assert.Equal("oops\n", finished.Error);
        Assert.True(bytes.AsSpan().SequenceEqual(finished.OutputBytes));
    }

    [Fact]
    public async Task Exec_of_what_a_signal_or_the_time_limit_ends_has_the_code_a_shell_would_have()
    {
        await using var server = await ServerFixture.StartAsync();

        Assert.Equal(128 + 15, (await RunAsync(server, "exec", "--shell", "--", "kill -TERM $$")).ExitCode);
        var timedOut = await RunAsync(server, "exec", "--timeout", "200ms", "--", "sleep", "1000");
        Assert.Equal(124, timedOut.ExitCode);
        Assert.StartsWith("actornet: ", timedOut.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_reaches_the_remote_command_which_has_the_last_word()
    {
        await using var server = await ServerFixture.StartAsync();
        using var run = Start(
            server, "exec", "--shell", "--", "trap 'echo caught; exit 9' INT; echo ready; while :; do read x; done");
        Assert.Equal("ready", await run.Output.ReadLineAsync());

        run.Signal(ProgramRun.SigInt);

        var finished = await run.EndAsync();
        Assert.Equal((9, "caught\n"), (finished.ExitCode, finished.Output));
    }

    [Fact]
    public async Task A_client_that_is_killed_leaves_no_process_on_the_node()
    {
        await using var server = await ServerFixture.StartAsync("actornet.connections.half-close-linger=1s");
        using var run = Start(server, "exec", "--shell", "--", "sleep 1000 & echo started; wait");
        Assert.Equal("started", await run.Output.ReadLineAsync());
        Assert.NotEmpty(server.Processes.Alive());

        run.Signal(ProgramRun.SigKill);

        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
    }

    [Fact]
    public async Task Put_and_get_move_files_and_streams()
    {
        await using var server = await ServerFixture.StartAsync();
        var bytes = Content.Of(Content.MiB, seed: 1);
        await File.WriteAllBytesAsync(_folder["local"], bytes);

        Assert.Equal(0, (await RunAsync(server, "put", "local", "remote")).ExitCode);
        using var piped = Start(server, "put", "-", "piped");
        Assert.Equal(0, (await piped.FinishAsync(bytes)).ExitCode);
        Assert.Equal(0, (await RunAsync(server, "get", "piped", "back")).ExitCode);
        var shown = await RunAsync(server, "get", "remote", "-");
        var listed = await RunAsync(server, "ls");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder["back"]));
        Assert.Equal(bytes, shown.OutputBytes);
        Assert.Equal((0, 2), (listed.ExitCode, listed.Output.Count(c => c == '\n')));
    }

    [Fact]
    public async Task Json_output_is_one_object_a_line()
    {
        await using var server = await ServerFixture.StartAsync();
        await File.WriteAllTextAsync(_folder["local"], "hello");

        Assert.Equal(1, (await JsonAsync(server, "ping"))[0].GetProperty("number").GetInt32());
        Assert.Equal(5, (await JsonAsync(server, "put", "local", "remote"))[0].GetProperty("size").GetInt64());
        Assert.Equal("remote", (await JsonAsync(server, "ls"))[0].GetProperty("name").GetString());
        Assert.Equal(1, (await JsonAsync(server, "chat", "say", "lobby", "hi"))[0].GetProperty("sequence").GetInt64());
        var exec = await JsonAsync(server, "exec", "--", "echo", "hi");
        Assert.Equal(["started", "stdout", "ended"], exec.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal("hi\n"u8.ToArray(), exec[1].GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task What_is_said_on_one_command_line_is_heard_on_another()
    {
        await using var server = await ServerFixture.StartAsync();
        using var tail = Start(server, "chat", "--as", "Tail", "lobby");
        await using var watcher = await server.ConnectAsync();
        await using var chat = await watcher.OpenChatAsync(new Protocol.Chat.ChatOptions("Watcher")).InTime();
        await chat.JoinAsync("lobby").InTime();
        await UntilPresentAsync(chat, "Tail");

        Assert.Equal(0, (await RunAsync(server, "chat", "--as", "Said", "say", "lobby", "hello, Tail")).ExitCode);

        var lines = new List<string>();
        while (lines.Count == 0 || !lines[^1].Contains("hello, Tail", StringComparison.Ordinal))
            lines.Add(await tail.Output.ReadLineAsync());
        await tail.Input.WriteAsync("hello back\nq\n"u8.ToArray()).InTime();
        Assert.Equal(0, (await tail.EndAsync()).ExitCode);
        Assert.Equal("hello back", (await NextMessageAsync(chat, after: "hello, Tail")).Text);
    }

    [Fact]
    public async Task No_server_is_3_no_profile_and_a_wrong_key_are_4_a_wrong_command_line_is_2()
    {
        await using var server = await ServerFixture.StartAsync();
        var profile = server.WriteProfile();
        var wrongKey = _folder["wrong.json"];
        File.Copy(profile, wrongKey);
        await File.WriteAllTextAsync(
            wrongKey,
            (await File.ReadAllTextAsync(profile)).Replace(
                Convert.ToBase64String(server.Key), Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));

        await ExpectAsync(3, "--profile", profile, "--server", "127.0.0.1:1", "ping");
        await ExpectAsync(4, "--profile", wrongKey, "ping");
        await ExpectAsync(4, "ping");
        await ExpectAsync(2, "frobnicate");
        await ExpectAsync(1, "--profile", profile, "get", "nothing");
        await ExpectAsync(1, "--profile", profile, "exec", "--", "no-such-program");
        Assert.False(File.Exists(_folder["nothing"]));
    }

    private async Task ExpectAsync(int exitCode, params string[] arguments)
    {
        using var run = ProgramRun.Client(_folder.Path, arguments);
        var finished = await run.FinishAsync();
        Assert.Equal((exitCode, ""), (finished.ExitCode, finished.Output));
        Assert.StartsWith("actornet: ", finished.Error, StringComparison.Ordinal);
        Assert.Single(finished.Error.TrimEnd('\n').Split('\n'));
    }

    private ProgramRun Start(ServerFixture server, params string[] arguments) =>
        ProgramRun.Client(_folder.Path, ["--profile", server.WriteProfile(), .. arguments]);

    private async Task<ProgramRun.Finished> RunAsync(ServerFixture server, params string[] arguments)
    {
        using var run = Start(server, arguments);
        return await run.FinishAsync();
    }

    private async Task<List<JsonElement>> JsonAsync(ServerFixture server, params string[] arguments)
    {
        var finished = await RunAsync(server, ["--json", .. arguments]);
        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        return [.. finished.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task UntilPresentAsync(Client.Chat.ChatChannel chat, string name)
    {
        if ((await chat.WhoPageAsync("lobby").InTime()).Members.Any(m => m.Name == name)) return;
        using var deadline = new CancellationTokenSource(Deadline.Time);
        await chat.ReadEventsAsync(deadline.Token).OfType<Protocol.Chat.MemberJoined>()
            .FirstAsync(joined => joined.Member.Name == name, deadline.Token);
    }

    private static async Task<Protocol.Chat.RoomMessage> NextMessageAsync(Client.Chat.ChatChannel chat, string after)
    {
        using var deadline = new CancellationTokenSource(Deadline.Time);
        return await chat.ReadEventsAsync(deadline.Token).OfType<Protocol.Chat.RoomMessage>()
            .SkipWhile(message => message.Text == after).FirstAsync(deadline.Token);
    }
}
