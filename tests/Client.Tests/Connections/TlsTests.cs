using System.Net.Sockets;
using System.Security.Authentication;
using ActorNet.Client.Profiles;
using ActorNet.Client.Tests.Support;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Tests.Connections;

public sealed class TlsTests : IDisposable
{
    private static readonly Fingerprint Other = Fingerprint.Of(TestCertificate.Other.RawData);

    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;
    private readonly FakeServer _server = new(TestCertificate.One);
    private readonly KnownHosts _hosts;

    public TlsTests() => _hosts = new KnownHosts(Path.Combine(_home, "known_hosts"));

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    // A client that has the file and was told nothing.
    private ClientOptions Options => _server.Options with { KnownHosts = _hosts, Fingerprint = null };

    [Fact]
    public async Task Unknown_server_is_told_nothing_and_its_fingerprint_is_in_the_error()
    {
        var e = await RefusedAsync<UnknownServerException>(Options);
        Assert.Equal(_server.Fingerprint, e.Fingerprint);
        Assert.Equal(_server.Address.HostAndPort, e.Server);
        Assert.Contains($"--fingerprint {_server.Fingerprint}", e.Message, StringComparison.Ordinal);
        Assert.Contains("actorserver prints", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_hosts.Path));
    }

    [Fact]
    public async Task Fingerprint_that_was_asked_for_is_accepted_and_kept_and_then_enough()
    {
        await EndAsync(await _server.ConnectAsync(Options with { Fingerprint = _server.Fingerprint }));
        Assert.Equal($"{_server.Address.HostAndPort} {_server.Fingerprint}\n", File.ReadAllText(_hosts.Path));
        await EndAsync(await _server.ConnectAsync(Options));
    }

    [Fact]
    public async Task Another_certificate_than_the_one_asked_for_is_told_nothing()
    {
        var e = await RefusedAsync<ServerIdentityException>(Options with { Fingerprint = Other });
        Assert.Contains(Other.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains(_server.Fingerprint.ToString(), e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_hosts.Path));
    }

    [Fact]
    public async Task Changed_certificate_stops_hard_with_both_fingerprints_and_the_line_to_remove()
    {
        _hosts.Add(ServerAddress.Parse("tls://a:1"), Other);
        _hosts.Add(_server.Address, Other);
        var before = File.ReadAllText(_hosts.Path);
        var e = await RefusedAsync<ServerIdentityException>(Options);
        Assert.Contains($"known is {Other}, shown was {_server.Fingerprint}", e.Message, StringComparison.Ordinal);
        Assert.Contains($"remove line 2 of {_hosts.Path}", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_hosts.Path));
    }

    [Fact]
    public async Task Fingerprint_does_not_overrule_what_is_known()
    {
        _hosts.Add(_server.Address, Other);
        await RefusedAsync<ServerIdentityException>(Options with { Fingerprint = _server.Fingerprint });
    }

    [Fact]
    public async Task Known_server_is_refused_when_another_fingerprint_is_asked_for()
    {
        _hosts.Add(_server.Address, _server.Fingerprint);
        var e = await RefusedAsync<ServerIdentityException>(Options with { Fingerprint = Other });
        Assert.Contains("is not the one asked for", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_file_stops_before_there_is_a_connection()
    {
        File.WriteAllText(_hosts.Path, "garbage");
        await Assert.ThrowsAsync<ServerIdentityException>(() => ActorNetClient.ConnectAsync(Options));
        // the first in the queue is the one that came after
        await EndAsync(await _server.ConnectAsync(_server.Options));
    }

    [Fact]
    public async Task What_cannot_be_kept_is_not_used_either()
    {
        File.WriteAllText(Path.Combine(_home, "blocked"), "");
        var hosts = new KnownHosts(Path.Combine(_home, "blocked", "known_hosts"));
        var e = await RefusedAsync<ServerIdentityException>(
            Options with { KnownHosts = hosts, Fingerprint = _server.Fingerprint });
        Assert.Contains("cannot be kept", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_the_fingerprint_decides_alone()
    {
        await EndAsync(await _server.ConnectAsync(_server.Options));
        await RefusedAsync<UnknownServerException>(_server.Options with { Fingerprint = null });
        await RefusedAsync<ServerIdentityException>(_server.Options with { Fingerprint = Other });
    }

    [Fact]
    public async Task Names_and_dates_of_a_pinned_certificate_do_not_matter()
    {
        using var server = new FakeServer(TestCertificate.Expired);
        await EndAsync(await server.ConnectAsync());
    }

    [Fact]
    public async Task Connection_speaks_TLS_1_2_or_later_and_names_its_protocol()
    {
        var (client, peer) = await _server.ConnectAsync();
        Assert.True(peer.Tls!.SslProtocol >= SslProtocols.Tls12);
        Assert.Equal("actornet/1", peer.Tls.NegotiatedApplicationProtocol.ToString());
        await EndAsync((client, peer));
    }

    [Fact]
    public async Task Bytes_of_many_records_come_whole_and_in_order()
    {
        var (client, peer) = await _server.ConnectAsync();
        var opening = client.OpenEchoAsync();
        var (channel, _) = await peer.OpenAsync(window: 4 * 1024 * 1024);
        await using var echo = await opening.WaitAsync(FakeServer.Patience);
        var bytes = new byte[1_000_000];
        new Random(1).NextBytes(bytes);

        var sending = echo.Input.WriteAsync(bytes).AsTask();
        Assert.Equal(bytes, await peer.ExpectDataAsync(bytes.Length));
        await sending.WaitAsync(FakeServer.Patience);
        for (var i = 0; i < bytes.Length; i += 100_000) await peer.SendDataAsync(channel, bytes.AsMemory(i, 100_000));
        var back = new byte[bytes.Length];
        await echo.Output.ReadExactlyAsync(back).AsTask().WaitAsync(FakeServer.Patience);
        Assert.Equal(bytes, back);
        await EndAsync((client, peer));
    }

    [Fact]
    public async Task Goodbye_is_said_and_the_sending_side_shut_at_the_end()
    {
        var (client, peer) = await _server.ConnectAsync();
        var disposing = client.DisposeAsync().AsTask();
        await peer.ExpectAsync(FrameType.Goodbye);
        await peer.ExpectEndAsync();
        peer.Dispose();
        await disposing.WaitAsync(FakeServer.Patience);
    }

    [Fact]
    public async Task Lost_connection_ends_what_is_pending()
    {
        var (client, peer) = await _server.ConnectAsync();
        await using var _ = client;
        var ping = client.PingAsync();
        await peer.ExpectAsync(FrameType.Ping);
        peer.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => ping.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Port_in_plaintext_is_said_to_be_none_of_TLS()
    {
        using var plain = new FakeServer();
        var connecting = ActorNetClient.ConnectAsync(Options with { Server = plain.Address with { Transport = Transport.Tls } });
        using var peer = await plain.AcceptAsync();
        await peer.SendBytesAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("does not answer with TLS", e.Message, StringComparison.Ordinal);
        Assert.Contains($"tcp://{plain.Address.HostAndPort}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_hangs_up_before_TLS_is_said_to_refuse_this_address()
    {
        var connecting = ActorNetClient.ConnectAsync(Options);
        using (var socket = await _server.AcceptSocketAsync())
        {
            await socket.ReceiveAsync(new byte[1]).WaitAsync(FakeServer.Patience);
            socket.LingerState = new LingerOption(true, 0);
        }

        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("hung up without a word", e.Message, StringComparison.Ordinal);
        Assert.Contains("failed logins", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("does not answer with TLS", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plaintext_to_a_port_with_TLS_is_told_how_to_write_it()
    {
        using var plain = new FakeServer();
        var connecting = ActorNetClient.ConnectAsync(plain.Options);
        using var peer = await plain.AcceptAsync();
        await peer.ExpectAsync(FrameType.Hello);
        // what TLS says to bytes that are none of it: the alert protocol_version
        await peer.SendBytesAsync(new byte[] { 0x15, 3, 1, 0, 2, 2, 70 });
        peer.Dispose();
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains($"tls://{plain.Address.HostAndPort}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_silent_in_the_handshake_is_given_up_at_the_timeout()
    {
        var time = new ManualTime();
        var connecting = ActorNetClient.ConnectAsync(Options with { TimeProvider = time });
        using var socket = await _server.AcceptSocketAsync();
        var hello = new byte[1];
        await socket.ReceiveAsync(hello).WaitAsync(FakeServer.Patience);
        time.Advance(TimeSpan.FromSeconds(10));
        var e = await Assert.ThrowsAsync<ConnectFailedException>(() => connecting.WaitAsync(FakeServer.Patience));
        Assert.Contains("within 10 seconds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_in_the_handshake_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var connecting = ActorNetClient.ConnectAsync(Options, cancel.Token);
        using var socket = await _server.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[1]).WaitAsync(FakeServer.Patience);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(FakeServer.Patience));
    }

    [Fact]
    public async Task Fingerprint_of_a_server_in_plaintext_is_an_error_and_not_ignored()
    {
        using var plain = new FakeServer();
        var e = await Assert.ThrowsAsync<ServerIdentityException>(
            () => ActorNetClient.ConnectAsync(plain.Options with { Fingerprint = Other }));
        Assert.Contains($"tls://{plain.Address.HostAndPort}", e.Message, StringComparison.Ordinal);
    }

    // The refusal, after the server has seen everything there was to see: not a byte inside TLS.
    private async Task<T> RefusedAsync<T>(ClientOptions options)
        where T : Exception
    {
        var connecting = ActorNetClient.ConnectAsync(options);
        try
        {
            using var peer = await _server.AcceptAsync();
            await peer.ExpectEndAsync();
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            // it broke the handshake off
        }

        return await Assert.ThrowsAnyAsync<T>(() => connecting.WaitAsync(FakeServer.Patience));
    }

    private static async Task EndAsync((ActorNetClient Client, FakePeer Peer) connected)
    {
        connected.Peer.Dispose();
        await connected.Client.DisposeAsync();
    }
}
