using System.Security.Cryptography;
using System.Text;
using ActorNet.Client;
using ActorNet.Client.Exec;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.EndToEnd.Tests.Services;

public sealed class ExecTests
{
    [Fact]
    public async Task A_million_lines_come_byte_for_byte_and_then_the_exit_code()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(new ExecRequest(Shell: "seq 1 1000000; exit 7")).InTime();

        var output = await command.StandardOutput.ReadAllAsync();

        Assert.True(Content.Sequence(1_000_000).AsSpan().SequenceEqual(output));
        var ended = await command.Completion.InTime();
        Assert.Equal((ExecEndReason.Exited, 7), (ended.Reason, ended.ExitCode));
    }

    [Fact]
    public async Task Stdout_and_stderr_come_apart()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(
            new ExecRequest(["sh", "-c", "echo \"$0 $1\"; echo oops >&2", "two words", "$HOME"])).InTime();

        Assert.Equal("two words $HOME\n", await command.StandardOutput.ReadTextAsync());
        Assert.Equal("oops\n", await command.StandardError.ReadTextAsync());
        Assert.Equal(0, (await command.Completion.InTime()).ExitCode);
    }

    [Fact]
    public async Task A_command_inherits_nothing_of_all_that_the_node_has_open()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var other = await client.ExecAsync(new ExecRequest(["cat"])).InTime();
        await using var command = await client.ExecAsync(new ExecRequest(["ls", "/proc/self/fd"])).InTime();

        // The fourth is the folder that ls reads.
        Assert.Equal("0\n1\n2\n3\n", await command.StandardOutput.ReadTextAsync());
    }

    [Fact]
    public async Task Ten_MiB_of_stdin_come_back_from_cat_and_their_end_ends_it()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(new ExecRequest(["cat"])).InTime();
        var bytes = Content.Of(10 * Content.MiB, seed: 1);
        var writing = WriteAsync(command, bytes);

        var back = await command.StandardOutput.ReadAllAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(back));
        await writing.InTime();
        Assert.Equal(0, (await command.Completion.InTime()).ExitCode);
    }

    [Fact]
    public async Task A_signal_reaches_the_command_which_may_handle_it()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(
            new ExecRequest(Shell: "trap 'echo caught; exit 3' USR1; echo ready; while :; do read x; done")).InTime();
        Assert.Equal("ready", await command.StandardOutput.ReadLineAsync());

        await command.SignalAsync("USR1").InTime();

        Assert.Equal("caught\n", await command.StandardOutput.ReadTextAsync());
        Assert.Equal(3, (await command.Completion.InTime()).ExitCode);
    }

    [Fact]
    public async Task A_command_that_a_signal_ends_says_which()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(new ExecRequest(["sleep", "1000"])).InTime();

        await command.SignalAsync("TERM").InTime();

        var ended = await command.Completion.InTime();
        Assert.Equal((ExecEndReason.Signalled, "TERM"), (ended.Reason, ended.Signal));
    }

    [Fact]
    public async Task A_command_ends_at_its_time_limit_with_all_it_started()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(
            new ExecRequest(Shell: "sleep 1000 & echo started; wait", TimeoutMs: 300)).InTime();

        Assert.Equal("started\n", await command.StandardOutput.ReadTextAsync());
        Assert.Equal(ExecEndReason.Timeout, (await command.Completion.InTime()).Reason);
        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_refused()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<ActorNetException>(
            () => client.ExecAsync(new ExecRequest(["no-such-program"])).InTime());

        Assert.Equal(ErrorCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task A_hundred_MiB_come_whole_and_never_more_than_the_window_to_a_client_that_grants_64_KiB_at_a_time()
    {
        const int step = 64 * Content.KiB, all = 100 * Content.MiB;
        await using var server = await ServerFixture.StartAsync();
        using var peer = await server.LoginRawAsync();
        var request = new ExecRequest(Shell: $"yes 0123456789abcde | head -c {all}");
        await peer.OpenAsync(1, ServiceNames.Exec, request, ProtocolJsonContext.Default.ExecRequest, step);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        for (var received = 0; received < all;)
        {
            var stepEnd = received + step;
            while (received < stepEnd)
            {
                var piece = (await peer.ReadAsync(FrameType.Data)).Payload;
                hash.AppendData(piece.Span);
                received += piece.Length;
            }

            Assert.Equal(stepEnd, received);
            await peer.SendAsync(RawChannels.Window(1, step));
        }

        var ended = await peer.ReadAsync(FrameType.Message, ProtocolJsonContext.Default.ExecEvent);
        Assert.Equal(0, Assert.IsType<CommandEnded>(ended).ExitCode);
        Assert.Equal(Sha256OfLines("0123456789abcde\n", all), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task WriteAsync(RemoteCommand command, byte[] bytes)
    {
        await command.StandardInput.WriteAsync(bytes);
        await command.StandardInput.DisposeAsync();
    }

    private static string Sha256OfLines(string line, int length)
    {
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, Content.MiB / line.Length)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var done = 0; done < length; done += block.Length) hash.AppendData(block);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
