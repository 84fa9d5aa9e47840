using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Support;

/// <summary>
/// The server's end of one connection, driven by the test: Expect… reads the client's next frame, Send… writes.
/// </summary>
internal sealed class FakePeer(Socket socket, Stream stream) : IDisposable
{
    private readonly FrameReader _reader = new(ProtocolLimits.MaxPayload);
    private readonly Queue<Frame> _frames = new();

    public Socket Socket => socket;

    /// <summary>Of a TLS server; else null.</summary>
    public SslStream? Tls => stream as SslStream;

    /// <summary>The next frame, of which type it may be; null at the end of the stream.</summary>
    public async Task<Frame?> NextAsync()
    {
        while (_frames.Count == 0)
        {
            var buffer = new byte[64 * 1024];
            var count = await ReadAsync(buffer);
            if (count == 0) return null;
            var frames = new List<Frame>();
            _reader.Read(buffer.AsMemory(0, count), frames);
            frames.ForEach(_frames.Enqueue);
        }

        return _frames.Dequeue();
    }

    public async Task<Frame> ExpectAsync(FrameType type)
    {
        var frame = await NextAsync();
        Assert.True(frame?.Type == type, $"Expected {type.ToWire()}, got {frame?.ToString() ?? "the end"}.");
        return frame!.Value;
    }

    public async Task<T> ExpectAsync<T>(FrameType type, JsonTypeInfo<T> json) =>
        ProtocolJson.Decode((await ExpectAsync(type)).Payload, json);

    /// <summary>Reads DATA frames until <paramref name="count"/> bytes are there, and not one more.</summary>
    public async Task<byte[]> ExpectDataAsync(int count)
    {
        var bytes = new List<byte>();
        while (bytes.Count < count) bytes.AddRange((await ExpectAsync(FrameType.Data)).Payload.ToArray());
        Assert.Equal(count, bytes.Count);
        return [.. bytes];
    }

    public async Task ExpectEndAsync() => Assert.Null(await NextAsync());

    public async Task SendAsync(params Frame[] frames)
    {
        foreach (var frame in frames) await SendBytesAsync(FrameWriter.ToArray(frame));
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes).AsTask().WaitAsync(FakeServer.Patience);
        await stream.FlushAsync();
    }

    public Task SendDataAsync(uint channel, ReadOnlyMemory<byte> bytes) =>
        SendAsync(new Frame(FrameType.Data, channel, bytes));

    public Task SendEofAsync(uint channel) => SendAsync(new Frame(FrameType.Eof, channel, default));

    public Task SendMessageAsync<T>(uint channel, T message, JsonTypeInfo<T> type) =>
        SendAsync(new Frame(FrameType.Message, channel, ProtocolJson.Encode(message, type)));

    public async Task LogInAsync(byte[]? key = null, byte[]? device = null)
    {
        var (clientHello, serverHello) = await GreetAsync();
        var auth = await ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        Assert.Equal(HmacLogin.Mechanism, auth.Mechanism);
        Assert.Equal(HmacLogin.ClientProof(FakeServer.Key, clientHello, serverHello, auth.Account!), auth.Data);
        var proof = HmacLogin.ServerProof(key ?? FakeServer.Key, clientHello, serverHello, auth.Account!);
        await SendAsync(
            new Authenticated(auth.Account!, proof, "test-node", ["chat", "echo", "exec", "files"], 64, device).ToFrame());
    }

    public Task<(byte[] ClientHello, byte[] ServerHello)> GreetAsync() => GreetAsync([HmacLogin.Mechanism], null);

    public async Task<(byte[] ClientHello, byte[] ServerHello)> GreetAsync(
        IReadOnlyList<string> mechanisms, IReadOnlyList<string>? bindings)
    {
        var clientHello = await ExpectAsync(FrameType.Hello);
        var serverHello = new ServerHello(
            1, "fake/1.0", new byte[ProtocolLimits.NonceLength], mechanisms, null, bindings).ToFrame();
        await SendAsync(serverHello);
        return (clientHello.Payload.ToArray(), serverHello.Payload.ToArray());
    }

    /// <summary>Takes the client's OPEN and says OPENED.</summary>
    public async Task<(uint Channel, OpenChannel Open)> OpenAsync(uint window = 1024 * 1024, object? result = null)
    {
        var (channel, open) = await ExpectOpenAsync();
        var element = result is null ? (System.Text.Json.JsonElement?)null
            : System.Text.Json.JsonSerializer.SerializeToElement(result);
        await SendAsync(new ChannelOpened(window, element).ToFrame(channel));
        return (channel, open);
    }

    public async Task<(uint Channel, OpenChannel Open)> ExpectOpenAsync()
    {
        var frame = await ExpectAsync(FrameType.Open);
        return (frame.Channel, ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.OpenChannel));
    }

    /// <summary>
    /// A PING and its PONG: what the client had to say before has been said. Fails when that was anything.
    /// </summary>
    public async Task ExpectNothingBeforePongAsync()
    {
        await SendAsync(new Frame(FrameType.Ping, 0, "marker"u8.ToArray()));
        Assert.Equal("marker"u8.ToArray(), (await ExpectAsync(FrameType.Pong)).Payload.ToArray());
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
    }

    // A client that goes away with something unread resets the connection: an end as good as another.
    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer).AsTask().WaitAsync(FakeServer.Patience);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
