using System.Text;
using ActorNet.Client.Exec;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Exec;

public sealed class RemoteCommandTests : ConnectedTest
{
    [Fact]
    public async Task Command_has_three_streams_and_an_end()
    {
        var (command, channel) = await StartAsync();
        Assert.Equal(("j-17", 4711), (command.Job, command.Pid));
        await command.StandardInput.WriteAsync("in"u8.ToArray());
        await command.StandardInput.DisposeAsync();
        Assert.Equal("in"u8.ToArray(), await Peer.ExpectDataAsync(2));
        await Peer.ExpectAsync(FrameType.Eof);
        await Peer.SendDataAsync(channel, "out"u8.ToArray());
        await Peer.SendAsync(new Frame(FrameType.ExtendedData, channel, "err"u8.ToArray()));
        await EndAsync(channel, new CommandEnded(ExecEndReason.Exited, 12, 7));
        Assert.Equal("out", await ReadAsync(command.StandardOutput));
        Assert.Equal("err", await ReadAsync(command.StandardError));
        Assert.Equal(7, (await command.Completion.WaitAsync(FakeServer.Patience)).ExitCode);
    }

    [Fact]
    public async Task Signal_is_a_message()
    {
        var (command, _) = await StartAsync();
        await command.SignalAsync("INT");
        var message = await Peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ExecCommand);
        Assert.Equal(new SendSignal("INT"), message);
    }

    [Fact]
    public async Task Signal_may_follow_the_end_of_input_but_no_more_input()
    {
        var (command, _) = await StartAsync();
        await command.StandardInput.DisposeAsync();
        await Peer.ExpectAsync(FrameType.Eof);
        await command.SignalAsync("INT");
        Assert.Equal(new SendSignal("INT"), await Peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ExecCommand));
    }

    [Fact]
    public async Task Stderr_that_was_disposed_of_does_not_hold_up_stdout()
    {
        var (command, channel) = await StartAsync();
        await command.StandardError.DisposeAsync();
        await Peer.SendAsync(new Frame(FrameType.ExtendedData, channel, Bytes(200_000)), new Frame(
            FrameType.ExtendedData, channel, Bytes(200_000)));
        await Peer.SendAsync(new Frame(FrameType.ExtendedData, channel, Bytes(200_000)));
        Assert.True(WindowGrant.Parse(await Peer.ExpectAsync(FrameType.Window)) >= 512 * 1024);
        await Peer.SendDataAsync(channel, "x"u8.ToArray());
        Assert.Equal(1, await command.StandardOutput.ReadAsync(new byte[10]).AsTask().WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Channel_that_closes_with_a_code_fails_the_completion()
    {
        var (command, channel) = await StartAsync();
        await Peer.SendAsync(new ChannelClosed(ErrorCode.Internal, "the node lost the job").ToFrame(channel));
        var e = await Assert.ThrowsAsync<ActorNetException>(() => command.Completion.WaitAsync(FakeServer.Patience));
        Assert.Equal(ErrorCode.Internal, e.Code);
    }

    [Fact]
    public async Task Channel_that_closes_without_a_word_fails_the_completion()
    {
        var (command, channel) = await StartAsync();
        await Peer.SendAsync(new ChannelClosed().ToFrame(channel));
        await Assert.ThrowsAsync<ActorNetException>(() => command.Completion.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Connection_lost_fails_the_completion()
    {
        var (command, _) = await StartAsync();
        Peer.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => command.Completion.WaitAsync(FakeServer.Patience));
    }

    private async Task<(RemoteCommand Command, uint Channel)> StartAsync()
    {
        var starting = Client.ExecAsync(new ExecRequest(["cat"]));
        var (channel, _) = await Peer.OpenAsync(result: new { job = "j-17", pid = 4711 });
        return (await starting.WaitAsync(FakeServer.Patience), channel);
    }

    private async Task EndAsync(uint channel, CommandEnded ended)
    {
        await Peer.SendMessageAsync<ExecEvent>(channel, ended, ProtocolJsonContext.Default.ExecEvent);
        await Peer.SendEofAsync(channel);
        await Peer.SendAsync(new ChannelClosed().ToFrame(channel));
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).WaitAsync(FakeServer.Patience);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
