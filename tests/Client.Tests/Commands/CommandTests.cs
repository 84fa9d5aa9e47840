using System.Text.Json;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly FakeServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Ping_prints_the_time()
    {
        using var run = Start("ping");
        using var peer = await LogInAsync();
        var ping = await peer.ExpectAsync(FrameType.Ping);
        await peer.SendAsync(ping with { Type = FrameType.Pong });
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Matches(@"^test-node: [0-9.]+ m?s\n$", run.Out);
    }

    [Fact]
    public async Task Refused_login_is_code_4()
    {
        using var run = Start("ping");
        using var peer = await _server.AcceptAsync();
        await peer.GreetAsync();
        await peer.ExpectAsync(FrameType.Auth);
        await peer.SendAsync(new Goodbye(ErrorCode.Unauthenticated, "the login failed").ToFrame());
        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
        Assert.Contains(
            "did not let alice in: the login failed (unauthenticated); ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_connection_is_code_5()
    {
        using var run = Start("ping");
        using var peer = await LogInAsync();
        await peer.ExpectAsync(FrameType.Ping);
        peer.Dispose();
        Assert.Equal(ExitCodes.ConnectionLost, await run.EndAsync());
    }

    [Fact]
    public async Task Interrupt_is_code_130()
    {
        using var run = Start("chat", "tail", "lobby");
        using var peer = await LogInAsync();
        var channel = await JoinAsync(peer);
        run.Io.Interrupts.Interrupt();
        Assert.Equal(channel, (await peer.ExpectAsync(FrameType.Close)).Channel);
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.Interrupted, await run.EndAsync());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Message_of_the_server_reaches_the_terminal_neutralised()
    {
        using var run = Start("ls", "x");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.ExpectOpenAsync();
        await peer.SendAsync(new ChannelRefused(ErrorCode.NotFound, "\e]0;owned\a there is no x").ToFrame(channel));
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.Failed, await run.EndAsync());
        Assert.Equal("actornet: ␛]0;owned␇ there is no x (not-found); check the name\n", run.Error);
    }

    [Fact]
    public async Task Echo_sends_the_words_and_prints_what_comes_back()
    {
        using var run = Start("echo", "hello", "world");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync();
        var sent = await peer.ExpectDataAsync(12);
        await peer.ExpectAsync(FrameType.Eof);
        await peer.SendDataAsync(channel, sent);
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal("hello world\n", run.Out);
    }

    [Theory]
    [InlineData(ExecEndReason.Exited, 7, null, 7)]
    [InlineData(ExecEndReason.Exited, 0, null, 0)]
    [InlineData(ExecEndReason.Signalled, null, "SEGV", 139)]
    [InlineData(ExecEndReason.Timeout, null, null, 124)]
    [InlineData(ExecEndReason.Stopped, null, null, 137)]
    public async Task Exec_ends_as_the_command_did(ExecEndReason reason, int? code, string? signal, int expected)
    {
        using var run = Start("exec", "--timeout", "1.5s", "--cwd", "d", "--", "ls", "-l");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.OpenAsync(result: new { job = "j-1", pid = 5 });
        var request = ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.ExecRequest);
        Assert.Equal(["ls", "-l"], request.Argv!);
        Assert.Equal((null, "d", 1500L), (request.Shell, request.Cwd, request.TimeoutMs));
        await peer.ExpectAsync(FrameType.Eof);
        await peer.SendDataAsync(channel, "out\e[1m"u8.ToArray());
        await peer.SendAsync(new Frame(FrameType.ExtendedData, channel, "err\n"u8.ToArray()));
        await EndCommandAsync(peer, channel, new CommandEnded(reason, 12, code, signal));
        Assert.Equal(expected, await run.EndAsync());
        Assert.Equal("out\e[1m", run.Out);
        Assert.StartsWith("err\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_shell_joins_the_words()
    {
        using var run = Start("exec", "--shell", "--", "ls", "|", "wc -l");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.ExpectOpenAsync();
        var request = ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.ExecRequest);
        Assert.Equal((null, "ls | wc -l"), (request.Argv, request.Shell));
        await peer.SendAsync(new ChannelRefused(ErrorCode.Forbidden, "alice may not use the shell").ToFrame(channel));
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
    }

    [Fact]
    public async Task Exec_sends_the_interrupt_and_then_the_kill()
    {
        using var input = new NeverEndingStream();
        using var run = Start(new CommandRun(), input, "exec", "--", "sleep", "9");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: new { job = "j-1", pid = 5 });
        await peer.SendDataAsync(channel, "x"u8.ToArray());
        await input.WasRead.WaitAsync(FakeServer.Patience);
        foreach (var signal in new[] { "INT", "KILL" })
        {
            run.Io.Interrupts.Interrupt();
            var message = await peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ExecCommand);
            Assert.Equal(new SendSignal(signal), message);
        }

        await EndCommandAsync(peer, channel, new CommandEnded(ExecEndReason.Signalled, 1, null, "KILL"));
        Assert.Equal(137, await run.EndAsync());
    }

    [Fact]
    public async Task Exec_without_stdin_reads_none_and_can_still_be_interrupted()
    {
        using var input = new NeverEndingStream();
        using var run = Start(new CommandRun(), input, "exec", "-n", "--", "sleep", "9");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: new { job = "j-1", pid = 5 });
        await peer.ExpectAsync(FrameType.Eof);
        run.Io.Interrupts.Interrupt();
        Assert.Equal(
            new SendSignal("INT"), await peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ExecCommand));
        await EndCommandAsync(peer, channel, new CommandEnded(ExecEndReason.Signalled, 1, null, "INT"));
        Assert.Equal(130, await run.EndAsync());
        Assert.False(input.WasRead.IsCompleted);
    }

    [Fact]
    public async Task Get_writes_the_file_and_leaves_nothing_else()
    {
        using var run = new CommandRun();
        var target = run.PathOf("copy");
        Start(run, null, "get", "a/b", target);
        using var peer = await LogInAsync();
        await SendFileAsync(peer, "hello", Hash("hello"));
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal("hello", await File.ReadAllTextAsync(target));
        Assert.Empty(Directory.GetFiles(run.Home, ".*"));
        Assert.StartsWith($"a/b -> {target}: 5 B in ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_with_a_wrong_hash_leaves_the_old_file_and_nothing_else()
    {
        using var run = new CommandRun();
        var target = run.PathOf("copy");
        await File.WriteAllTextAsync(target, "old");
        Start(run, null, "get", "a/b", target);
        using var peer = await LogInAsync();
        await SendFileAsync(peer, "hello", Hash("other"));
        Assert.Equal(ExitCodes.Failed, await run.EndAsync());
        Assert.Equal("old", await File.ReadAllTextAsync(target));
        Assert.Empty(Directory.GetFiles(run.Home, ".*"));
    }

    [Fact]
    public async Task Get_that_is_interrupted_leaves_nothing()
    {
        using var run = new CommandRun();
        Start(run, null, "get", "a/b", run.PathOf("copy"));
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: new { size = 5 });
        await peer.SendDataAsync(channel, "he"u8.ToArray());
        run.Io.Interrupts.Interrupt();
        await peer.ExpectAsync(FrameType.Close);
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.Interrupted, await run.EndAsync());
        Assert.Empty(Directory.GetFiles(run.Home));
    }

    [Fact]
    public async Task Get_to_a_pipe_that_broke_ends_quietly()
    {
        using var run = new CommandRun { Output = new BrokenPipeStream() };
        Start(run, null, "get", "a", "-");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: new { size = 5 });
        await peer.SendDataAsync(channel, "hello"u8.ToArray());
        await peer.ExpectAsync(FrameType.Close);
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.BrokenPipe, await run.EndAsync());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Put_of_stdin_knows_its_size()
    {
        using var run = new CommandRun { Input = "hello" };
        Start(run, null, "put", "-", "a/b", "--json");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.OpenAsync();
        Assert.Equal(new PutFile("a/b", 5), ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.FileRequest));
        await peer.ExpectDataAsync(5);
        await peer.ExpectAsync(FrameType.Message);
        await peer.SendMessageAsync<FileEvent>(
            channel, new FileStored(5, Hash("hello")), ProtocolJsonContext.Default.FileEvent);
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        using var result = JsonDocument.Parse(run.Out);
        Assert.Equal(5, result.RootElement.GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Chat_says_every_line_of_stdin_and_leaves_at_its_end()
    {
        using var run = new CommandRun { Input = "one\ntwo\n" };
        Start(run, null, "chat", "lobby", "--as", "Alice");
        using var peer = await LogInAsync();
        var channel = await JoinAsync(peer);
        foreach (var text in new[] { "one", "two" })
        {
            var say = Assert.IsType<Say>(
                await peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ChatRequest));
            Assert.Equal(text, say.Text);
            var message = new RoomMessage(
                "lobby", say.Id, new ChatMember("alice", "Alice"), text, DateTimeOffset.UnixEpoch);
            await peer.SendMessageAsync<ChatEvent>(channel, message, ProtocolJsonContext.Default.ChatEvent);
            await peer.SendMessageAsync<ChatEvent>(
                channel, new Said(say.Id, "lobby", say.Id), ProtocolJsonContext.Default.ChatEvent);
        }

        var leave = Assert.IsType<LeaveRoom>(
            await peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ChatRequest));
        await peer.SendMessageAsync<ChatEvent>(
            channel, new RoomLeft(leave.Id, "lobby"), ProtocolJsonContext.Default.ChatEvent);
        await peer.ExpectAsync(FrameType.Close);
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Matches(@"^\d\d:\d\d Alice \(alice\): one\n\d\d:\d\d Alice \(alice\): two\n$", run.Out);
    }

    [Fact]
    public async Task Chat_that_the_server_ends_says_why()
    {
        using var run = Start(new CommandRun(), new NeverEndingStream(), "chat", "lobby");
        using var peer = await LogInAsync();
        await JoinAsync(peer);
        await peer.SendAsync(new Goodbye(ErrorCode.Unavailable, "the node is stopping").ToFrame());
        peer.Dispose();
        Assert.Equal(ExitCodes.ConnectionLost, await run.EndAsync());
        Assert.Contains("the node is stopping", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_tail_with_json_prints_events_of_the_protocol()
    {
        using var run = Start("chat", "tail", "lobby", "--json");
        using var peer = await LogInAsync();
        var channel = await JoinAsync(peer);
        var joined = new MemberJoined("lobby", new ChatMember("bob", "bob"), 2);
        await peer.SendMessageAsync<ChatEvent>(channel, joined, ProtocolJsonContext.Default.ChatEvent);
        await peer.SendAsync(new ChannelClosed(ErrorCode.Forbidden, "no").ToFrame(channel));
        await peer.ExpectAsync(FrameType.Close);
        await EndOfConnectionAsync(peer);
        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
        Assert.Equal(joined, JsonSerializer.Deserialize(run.Out, ProtocolJsonContext.Default.ChatEvent));
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static async Task<uint> JoinAsync(FakePeer peer)
    {
        var (channel, _) = await peer.OpenAsync();
        var join = Assert.IsType<JoinRoom>(
            await peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ChatRequest));
        await peer.SendMessageAsync<ChatEvent>(
            channel, new RoomJoined(join.Id, join.Room, 0, 1), ProtocolJsonContext.Default.ChatEvent);
        return channel;
    }

    private static async Task SendFileAsync(FakePeer peer, string text, string sha256)
    {
        var (channel, _) = await peer.OpenAsync(result: new { size = text.Length });
        await peer.SendDataAsync(channel, System.Text.Encoding.UTF8.GetBytes(text));
        await peer.SendMessageAsync<FileEvent>(
            channel, new FileSent(text.Length, sha256), ProtocolJsonContext.Default.FileEvent);
        await CloseAsync(peer, channel);
    }

    private static async Task EndCommandAsync(FakePeer peer, uint channel, CommandEnded ended)
    {
        await peer.SendMessageAsync<ExecEvent>(channel, ended, ProtocolJsonContext.Default.ExecEvent);
        await CloseAsync(peer, channel);
    }

    private static async Task CloseAsync(FakePeer peer, uint channel)
    {
        await peer.SendEofAsync(channel);
        await peer.SendAsync(new ChannelClosed().ToFrame(channel));
        await peer.ExpectAsync(FrameType.Close);
        await EndOfConnectionAsync(peer);
    }

    private static async Task EndOfConnectionAsync(FakePeer peer)
    {
        await peer.ExpectAsync(FrameType.Goodbye);
        peer.Dispose();
    }

    private CommandRun Start(params string[] args) => Start(new CommandRun(), null, args);

    private CommandRun Start(CommandRun run, Stream? input, params string[] args) =>
        run.WithProfile(_server).WithInput(input).Start(
            [.. args[..1], "--server", _server.Address.ToString(), .. args[1..]]);

    private async Task<FakePeer> LogInAsync()
    {
        var peer = await _server.AcceptAsync();
        await peer.LogInAsync();
        return peer;
    }
}
