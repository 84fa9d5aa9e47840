using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.TestSupport;

/// <summary>
/// A client of bare bytes, for what a proper client would never do. Sends what it is told to, reads when it is told to and grants no
/// window by itself. Every wait has a deadline.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private readonly Socket _socket;
    private readonly FrameReader _reader = new(ProtocolLimits.MaxPayload);
    private readonly Queue<Frame> _frames = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly SslStream? _tls;

    private RawPeer(Socket socket, SslStream? tls = null) => (_socket, _tls) = (socket, tls);

    /// <summary>The TLS of a peer that has it.</summary>
    public SslStream Tls => _tls ?? throw new InvalidOperationException("this peer speaks in plaintext");

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Connects. A small receive buffer makes a slow reader.</summary>
    public static async Task<RawPeer> ConnectAsync(EndPoint endpoint, int? receiveBuffer = null, IPAddress? from = null) =>
        new(await OpenAsync(endpoint, receiveBuffer, from));

    /// <summary>The other side: takes over a connection that was accepted, and shows a certificate on it.</summary>
    public static async Task<RawPeer> AcceptTlsAsync(Socket accepted, X509Certificate certificate)
    {
        var tls = new SslStream(new NetworkStream(accepted, ownsSocket: true));
        using var deadline = new CancellationTokenSource(Deadline);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, deadline.Token);
        return new RawPeer(accepted, tls);
    }

    /// <summary>Connects and shakes hands, whatever certificate there is.</summary>
    public static async Task<RawPeer> ConnectTlsAsync(
        EndPoint endpoint, int? receiveBuffer = null, SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13)
    {
        var socket = await OpenAsync(endpoint, receiveBuffer);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    EnabledSslProtocols = protocols,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                deadline.Token);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        return new RawPeer(socket, tls);
    }

    private static async Task<Socket> OpenAsync(EndPoint endpoint, int? receiveBuffer, IPAddress? from = null)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBuffer is { } size) socket.ReceiveBufferSize = size;
            if (from is not null) socket.Bind(new IPEndPoint(from, 0));
            using var deadline = new CancellationTokenSource(Deadline);
            await socket.ConnectAsync(endpoint, deadline.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends bytes as they are; returns when the kernel has them all.</summary>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        if (_tls is not null) await _tls.WriteAsync(bytes, deadline.Token);
        else while (!bytes.IsEmpty) bytes = bytes[await _socket.SendAsync(bytes, deadline.Token)..];
    }

    /// <summary>Sends frames in one piece.</summary>
    public Task SendAsync(params Frame[] frames) => SendBytesAsync(Bytes(frames));

    /// <summary>Sends what the kernel takes at once of <paramref name="bytes"/>, and returns how much that was; 0: it is full.</summary>
    public int SendNow(ReadOnlySpan<byte> bytes)
    {
        _socket.Blocking = false;
        var sent = _socket.Send(bytes, SocketFlags.None, out var error);
        _socket.Blocking = true;
        return error == SocketError.Success ? sent : 0;
    }

    /// <summary>The bytes of frames, one after the other.</summary>
    public static byte[] Bytes(params Frame[] frames) => [.. frames.SelectMany(f => FrameWriter.ToArray(f))];

    /// <summary>The next frame, or of DATA a piece of one; null at the end of the stream.</summary>
    public async Task<Frame?> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (_frames.Count == 0)
        {
            var count = _tls is not null
                ? await _tls.ReadAsync(_buffer, deadline.Token)
                : await _socket.ReceiveAsync(_buffer, deadline.Token);
            if (count == 0) return null;
            BytesReceived += count;
            var frames = new List<Frame>();
            _reader.Read(_buffer.AsSpan(0, count).ToArray(), frames);
            frames.ForEach(_frames.Enqueue);
        }

        return _frames.Dequeue();
    }

    /// <summary>The next frame, which must be of this type.</summary>
    public async Task<Frame> ReadAsync(FrameType type) => await ReadAsync() switch
    {
        { } frame when frame.Type == type => frame,
        { } frame => throw new InvalidDataException($"{type.ToWire()} expected, came {Show(frame)}"),
        null => throw new InvalidDataException($"{type.ToWire()} expected, came the end"),
    };

    /// <summary>All frames up to the end of the stream.</summary>
    public async Task<List<Frame>> ReadToEndAsync()
    {
        var frames = new List<Frame>();
        while (await ReadAsync() is { } frame) frames.Add(frame);
        return frames;
    }

    /// <summary>So many bytes of DATA of a channel; other frames in between are an error, except WINDOW.</summary>
    public async Task<byte[]> ReadDataAsync(int count)
    {
        var bytes = new List<byte>(count);
        while (bytes.Count < count)
        {
            var frame = await ReadAsync() ?? throw new InvalidDataException($"{count} bytes expected, the end came after {bytes.Count}");
            if (frame.Type == FrameType.Data) bytes.AddRange(frame.Payload.Span);
            else if (frame.Type != FrameType.Window) throw new InvalidDataException($"DATA expected, came {Show(frame)}");
        }

        return [.. bytes];
    }

    /// <summary>GOODBYE and nothing after it: what it says.</summary>
    public async Task<Goodbye> ReadGoodbyeAndEndAsync()
    {
        var goodbye = ProtocolJson.Decode((await ReadAsync(FrameType.Goodbye)).Payload, ProtocolJsonContext.Default.Goodbye);
        return await ReadAsync() is { } more ? throw new InvalidDataException($"the end expected, came {Show(more)}") : goodbye;
    }

    /// <summary>A HELLO with a fresh nonce.</summary>
    public static Frame Hello() => new ClientHello(
        [ProtocolLimits.Version], "raw-peer", RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength)).ToFrame();

    /// <summary>HELLO both ways and the login, whose last answer is checked.</summary>
    public async Task<Authenticated> LoginAsync(string account, byte[] key)
    {
        var hello = Hello();
        await SendAsync(hello);
        var serverHello = await ReadAsync(FrameType.Hello);
        await SendAsync(Auth(hello, serverHello, account, key));
        var answer = ProtocolJson.Decode(
            (await ReadAsync(FrameType.Authenticated)).Payload, ProtocolJsonContext.Default.Authenticated);
        var expected = HmacLogin.ServerProof(key, hello.Payload.Span, serverHello.Payload.Span, account);
        return HmacLogin.Matches(expected, answer.Data) ? answer : throw new InvalidDataException("the server's proof is wrong");
    }

    /// <summary>AUTH with the proof over both HELLOs.</summary>
    public static Frame Auth(in Frame clientHello, in Frame serverHello, string account, byte[] key) => new Authenticate(
        HmacLogin.Mechanism, HmacLogin.ClientProof(key, clientHello.Payload.Span, serverHello.Payload.Span, account), account).ToFrame();

    /// <summary>Opens a channel and waits for OPENED.</summary>
    public async Task<ChannelOpened> OpenAsync(uint channel, string service, uint window = ProtocolLimits.MaxWindow)
    {
        await SendAsync(new OpenChannel(service, window).ToFrame(channel));
        return ProtocolJson.Decode((await ReadAsync(FrameType.Opened)).Payload, ProtocolJsonContext.Default.ChannelOpened);
    }

    /// <summary>Closes this side (FIN, and close_notify before it); reading goes on.</summary>
    public void FinishSending()
    {
        _tls?.ShutdownAsync().Wait(Deadline);
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes this side with a FIN alone, as whoever cuts a TLS connection off does.</summary>
    public void CutOff() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection (RST).</summary>
    public void Reset() => _socket.Close(0);

    /// <inheritdoc />
    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
    }

    private static string Show(in Frame frame) => $"{frame}: {System.Text.Encoding.UTF8.GetString(frame.Payload.Span)}";
}
