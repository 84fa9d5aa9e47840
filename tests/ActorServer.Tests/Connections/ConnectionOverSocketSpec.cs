using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using ActorNet.TestSupport;

namespace ActorNet.Server.Tests.Connections;

/// <summary>The field guide's checked behaviours, over real sockets, whatever is spoken on them.</summary>
public abstract class ConnectionOverSocketSpec : SocketNode
{
    [Fact]
    public async Task Bytes_that_dribble_in_one_by_one_are_understood()
    {
        Start();
        using var peer = await OpenEchoAsync();
        foreach (var b in RawPeer.Bytes(Data([1, 2, 3]))) await peer.SendBytesAsync(new[] { b });
        Assert.Equal([1, 2, 3], await peer.ReadDataAsync(3));
        foreach (var b in RawPeer.Bytes(FramingBench.Ping(9))) await peer.SendBytesAsync(new[] { b });
        Assert.Equal([9], (await peer.ReadAsync(FrameType.Pong)).Payload.ToArray());
    }

    [Fact]
    public async Task One_maximal_frame_comes_back()
    {
        Start(window: new ChannelWindow(ProtocolLimits.MaxPayload, ProtocolLimits.MaxPayload));
        using var peer = await OpenEchoAsync();
        var payload = Pattern(ProtocolLimits.MaxPayload);
        await peer.SendAsync(Data(payload));
        Assert.Equal(payload, await peer.ReadDataAsync(payload.Length));
    }

    [Fact]
    public async Task A_thousand_requests_and_a_half_close_get_a_thousand_answers_and_the_end()
    {
        Start();
        using var peer = await OpenEchoAsync();
        var payload = Pattern(1000 * 64);
        await peer.SendAsync([.. payload.Chunk(64).Select(Data)]);
        peer.FinishSending();
        var frames = await peer.ReadToEndAsync();
        Assert.Equal(payload, frames.Where(f => f.Type == FrameType.Data).SelectMany(f => f.Payload.ToArray()));
        Assert.Equal([FrameType.Eof, FrameType.Close, FrameType.Goodbye], frames.TakeLast(3).Select(f => f.Type));
        ExpectEmpty();
    }

    [Fact]
    public async Task An_open_and_a_half_close_in_one_go_end_the_channel_and_the_connection()
    {
        Start();
        using var peer = await LoginAsync();
        await peer.SendAsync(new OpenChannel("echo", 1000).ToFrame(1));
        peer.FinishSending();
        Assert.Equal(
            [FrameType.Opened, FrameType.Eof, FrameType.Close, FrameType.Goodbye], (await peer.ReadToEndAsync()).Select(f => f.Type));
        ExpectEmpty();
    }

    public static TheoryData<byte[], string> Nonsense => new()
    {
        { [0xff, 0xff, 0xff, 0xff], "protocol-violation" },
        { [0, 0, 0, 4], "protocol-violation" },
        { [0, 0, 0, 5, 200, 0, 0, 0, 0], "protocol-violation" },
        { Pattern(5000), "protocol-violation" },
        { Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "protocol-violation" },
        { RawPeer.Bytes(new Frame(FrameType.Data, 1, new byte[1])), "unauthenticated" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_gets_a_goodbye_with_its_code_and_the_end_and_one_line_in_the_log(byte[] bytes, string code)
    {
        Start();
        using var other = await OpenEchoAsync();
        await EventFilter.Info(contains: code).ExpectOneAsync(async () =>
        {
            using var peer = await ConnectAsync();
            await peer.SendBytesAsync(bytes);
            Assert.Equal(code, (await peer.ReadGoodbyeAndEndAsync()).Code?.ToWire());
        });
        await other.SendAsync(Data([1]));
        Assert.Equal([1], await other.ReadDataAsync(1));
    }

    [Fact]
    public async Task A_silent_client_gets_a_goodbye_at_the_login_deadline()
    {
        Start(Limits with { LoginTimeout = TimeSpan.FromMilliseconds(300) });
        using var peer = await ConnectAsync();
        await EventFilter.Info(contains: "no login within 0.3 s").ExpectOneAsync(
            async () => Assert.Equal(ErrorCode.Timeout, (await peer.ReadGoodbyeAndEndAsync()).Code));
    }

    [Fact]
    public async Task A_client_that_resets_takes_nothing_with_it()
    {
        Start();
        using var other = await OpenEchoAsync();
        using var peer = await OpenEchoAsync();
        await peer.SendAsync(Data(Pattern(10_000)));
        peer.Reset();
        AwaitAssert(() => Assert.Equal(1, CountLive()));
        await other.SendAsync(Data([1]));
        Assert.Equal([1], await other.ReadDataAsync(1));
    }
}
