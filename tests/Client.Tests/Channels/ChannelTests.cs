using ActorNet.Client.Echo;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Channels;

public sealed class ChannelTests : ConnectedTest
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task Never_sends_more_than_was_granted()
    {
        var (echo, channel) = await OpenAsync(window: 100);
        var bytes = Bytes(250);
        var writing = echo.Input.WriteAsync(bytes).AsTask();
        var received = await Peer.ExpectDataAsync(100);
        await Peer.ExpectNothingBeforePongAsync();
        await Peer.SendAsync(WindowGrant.ToFrame(channel, 149));
        received = [.. received, .. await Peer.ExpectDataAsync(149)];
        await Peer.ExpectNothingBeforePongAsync();
        Assert.False(writing.IsCompleted);
        await Peer.SendAsync(WindowGrant.ToFrame(channel, 1));
        received = [.. received, .. await Peer.ExpectDataAsync(1)];
        await writing.WaitAsync(FakeServer.Patience);
        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task Grants_more_only_when_the_bytes_were_read()
    {
        var (echo, channel) = await OpenAsync();
        await SendInFramesAsync(channel, Bytes(MiB));
        await Peer.ExpectNothingBeforePongAsync();
        await echo.Output.ReadExactlyAsync(new byte[(MiB / 2) - 1]);
        await Peer.ExpectNothingBeforePongAsync();
        await echo.Output.ReadExactlyAsync(new byte[1]);
        var grant = await Peer.ExpectAsync(FrameType.Window);
        Assert.Equal(channel, grant.Channel);
        Assert.Equal((uint)MiB / 2, WindowGrant.Parse(grant));
    }

    [Fact]
    public async Task Window_grows_while_the_reader_keeps_up()
    {
        var (echo, channel) = await OpenAsync();
        await SendInFramesAsync(channel, Bytes(MiB / 2));
        await echo.Output.ReadExactlyAsync(new byte[MiB / 2]);
        Assert.Equal((uint)(MiB / 2) + MiB, WindowGrant.Parse(await Peer.ExpectAsync(FrameType.Window)));
    }

    [Fact]
    public async Task More_than_was_granted_ends_the_connection()
    {
        var (echo, channel) = await OpenAsync();
        await SendInFramesAsync(channel, Bytes(MiB));
        await Peer.SendDataAsync(channel, Bytes(1));
        var goodbye = await Peer.ExpectAsync(FrameType.Goodbye, ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(ErrorCode.ProtocolViolation, goodbye.Code);
        await Assert.ThrowsAsync<ConnectionLostException>(() => echo.Output.ReadAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task Stalled_channel_does_not_stall_another()
    {
        var (stalled, stalledChannel) = await OpenAsync(window: 1);
        var (other, otherChannel) = await OpenAsync();
        await SendInFramesAsync(stalledChannel, Bytes(MiB));
        var stalledWrite = stalled.Input.WriteAsync(Bytes(1000)).AsTask();
        await Peer.ExpectDataAsync(1);

        await other.Input.WriteAsync(Bytes(1000));
        Assert.Equal(Bytes(1000), await Peer.ExpectDataAsync(1000));
        await Peer.SendDataAsync(otherChannel, Bytes(1000));
        var back = new byte[1000];
        await other.Output.ReadExactlyAsync(back).AsTask().WaitAsync(FakeServer.Patience);
        Assert.Equal(Bytes(1000), back);
        await Peer.ExpectNothingBeforePongAsync();
        Assert.False(stalledWrite.IsCompleted);
    }

    [Fact]
    public async Task Half_close_ends_one_direction_only()
    {
        var (echo, channel) = await OpenAsync();
        await echo.Input.DisposeAsync();
        Assert.Equal(channel, (await Peer.ExpectAsync(FrameType.Eof)).Channel);
        await Assert.ThrowsAsync<ActorNetException>(() => echo.Input.WriteAsync(Bytes(1)).AsTask());
        await Peer.SendDataAsync(channel, Bytes(5));
        await Peer.SendEofAsync(channel);
        await Peer.SendAsync(new ChannelClosed().ToFrame(channel));
        using var all = new MemoryStream();
        await echo.Output.CopyToAsync(all).WaitAsync(FakeServer.Patience);
        Assert.Equal(Bytes(5), all.ToArray());
        Assert.Equal(channel, (await Peer.ExpectAsync(FrameType.Close)).Channel);
    }

    [Fact]
    public async Task Close_with_a_code_is_the_error_of_who_reads_and_writes()
    {
        var (echo, channel) = await OpenAsync(window: 1);
        var writing = echo.Input.WriteAsync(Bytes(10)).AsTask();
        var reading = echo.Output.ReadAsync(new byte[1]).AsTask();
        await Peer.SendAsync(new ChannelClosed(ErrorCode.Forbidden, "your right was taken away").ToFrame(channel));
        foreach (var pending in new Task[] { writing, reading })
        {
            var e = await Assert.ThrowsAsync<ActorNetException>(() => pending.WaitAsync(FakeServer.Patience));
            Assert.Equal(ErrorCode.Forbidden, e.Code);
            Assert.Equal("your right was taken away", e.Message);
        }
    }

    [Fact]
    public async Task Dispose_says_close_and_drops_what_still_comes()
    {
        var (echo, channel) = await OpenAsync();
        await echo.DisposeAsync();
        await Peer.ExpectAsync(FrameType.Close);
        await SendInFramesAsync(channel, Bytes(MiB));
        await Peer.ExpectNothingBeforePongAsync();
        await Peer.SendAsync(new ChannelClosed().ToFrame(channel));
        await Peer.ExpectNothingBeforePongAsync();
    }

    [Fact]
    public async Task Number_is_not_used_again_before_both_sides_have_closed()
    {
        var (first, firstChannel) = await OpenAsync();
        await first.DisposeAsync();
        await Peer.ExpectAsync(FrameType.Close);
        var (_, secondChannel) = await OpenAsync();
        Assert.NotEqual(firstChannel, secondChannel);
    }

    [Theory]
    [InlineData(FrameType.Opened)]
    [InlineData(FrameType.Refused)]
    [InlineData(FrameType.Close)]
    public async Task Cancelled_open_says_close_and_bears_what_crosses_it(FrameType crossing)
    {
        using var cancel = new CancellationTokenSource();
        var opening = Client.OpenEchoAsync(cancel.Token);
        var (channel, _) = await Peer.ExpectOpenAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Equal(channel, (await Peer.ExpectAsync(FrameType.Close)).Channel);
        if (crossing == FrameType.Opened) await Peer.SendAsync(new ChannelOpened(100).ToFrame(channel));
        await Peer.SendAsync(crossing == FrameType.Refused
            ? new ChannelRefused(ErrorCode.Forbidden, "no").ToFrame(channel)
            : new ChannelClosed().ToFrame(channel));
        await Peer.ExpectNothingBeforePongAsync();
    }

    [Fact]
    public async Task Close_of_a_number_that_is_not_in_use_is_ignored()
    {
        await Peer.SendAsync(new ChannelClosed().ToFrame(99));
        await Peer.ExpectNothingBeforePongAsync();
    }

    [Fact]
    public async Task Data_after_eof_ends_the_connection()
    {
        var (echo, channel) = await OpenAsync();
        await Peer.SendEofAsync(channel);
        await Peer.SendDataAsync(channel, Bytes(1));
        await Peer.ExpectAsync(FrameType.Goodbye);
        await Assert.ThrowsAnyAsync<ActorNetException>(() => echo.Input.WriteAsync(Bytes(1)).AsTask());
    }

    [Fact]
    public async Task Cancelled_write_has_not_spent_the_window()
    {
        var (echo, channel) = await OpenAsync(window: 10);
        await echo.Input.WriteAsync(Bytes(10));
        await Peer.ExpectDataAsync(10);
        using var cancel = new CancellationTokenSource();
        var writing = echo.Input.WriteAsync(Bytes(5), cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        await Peer.SendAsync(WindowGrant.ToFrame(channel, 3));
        await echo.Input.WriteAsync(Bytes(3)).AsTask().WaitAsync(FakeServer.Patience);
        await Peer.ExpectDataAsync(3);
    }

    [Fact]
    public async Task Data_in_single_bytes_comes_out_whole()
    {
        var (echo, channel) = await OpenAsync();
        Peer.Socket.NoDelay = true;
        foreach (var b in FrameWriter.ToArray(new Frame(FrameType.Data, channel, Bytes(64))))
            await Peer.SendBytesAsync(new[] { b });
        var back = new byte[64];
        await echo.Output.ReadExactlyAsync(back).AsTask().WaitAsync(FakeServer.Patience);
        Assert.Equal(Bytes(64), back);
    }

    [Fact]
    public async Task Stream_that_was_disposed_of_is_read_away()
    {
        var (echo, channel) = await OpenAsync();
        await SendInFramesAsync(channel, Bytes(MiB / 4));
        await Peer.ExpectNothingBeforePongAsync();
        await echo.Output.DisposeAsync();
        await SendInFramesAsync(channel, Bytes(MiB / 2));
        Assert.True(WindowGrant.Parse(await Peer.ExpectAsync(FrameType.Window)) >= MiB / 2);
    }

    [Fact]
    public async Task Read_that_waits_ends_when_its_stream_is_disposed_of()
    {
        var (echo, channel) = await OpenAsync();
        var reading = echo.Output.ReadAsync(new byte[1]).AsTask();
        await echo.Output.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(FakeServer.Patience));
        await SendInFramesAsync(channel, Bytes(MiB / 2));
        Assert.True(WindowGrant.Parse(await Peer.ExpectAsync(FrameType.Window)) >= MiB / 2);
    }

    [Fact]
    public async Task Cancelled_read_loses_nothing()
    {
        var (echo, channel) = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var reading = echo.Output.ReadAsync(new byte[1], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await Peer.SendDataAsync(channel, Bytes(3));
        var back = new byte[3];
        await echo.Output.ReadExactlyAsync(back).AsTask().WaitAsync(FakeServer.Patience);
        Assert.Equal(Bytes(3), back);
    }

    [Theory]
    [InlineData(FrameType.ExtendedData)]
    [InlineData(FrameType.Data)]
    public async Task Data_before_opened_ends_the_connection(FrameType type)
    {
        var opening = Client.OpenEchoAsync();
        var (channel, _) = await Peer.ExpectOpenAsync();
        await Peer.SendAsync(new Frame(type, channel, Bytes(1)));
        await Peer.ExpectAsync(FrameType.Goodbye);
        await Assert.ThrowsAsync<ConnectionLostException>(() => opening.WaitAsync(FakeServer.Patience));
    }

    private async Task<(EchoChannel Echo, uint Channel)> OpenAsync(uint window = MiB)
    {
        var opening = Client.OpenEchoAsync();
        var (channel, _) = await Peer.OpenAsync(window);
        return (await opening.WaitAsync(FakeServer.Patience), channel);
    }
}
