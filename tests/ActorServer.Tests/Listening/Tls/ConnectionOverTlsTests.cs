using System.Net.Sockets;
using System.Security.Authentication;
using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.TestSupport;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>What holds in plaintext holds over TLS, and what TLS adds.</summary>
public sealed class ConnectionOverTlsTests : ConnectionOverSocketSpec
{
    private readonly TlsNode _node = new();

    private protected override TlsSettings? Tls => TlsNode.Settings;

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context) =>
        _node.Listener(settings, admission, context);

    private protected override Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectTlsAsync(Endpoint, receiveBuffer);

    private protected override void CleanUp() => _node.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Many_frames_of_64_KiB_come_back_whole_in_both_versions(SslProtocols version)
    {
        Start(window: new ChannelWindow(4 * 1024 * 1024, 4 * 1024 * 1024));
        using var peer = await RawPeer.ConnectTlsAsync(Endpoint, protocols: version);
        Assert.Equal(version, peer.Tls.SslProtocol);
        await peer.LoginAsync(ConnectionBench.Account, ConnectionBench.Key);
        await peer.OpenAsync(1, "echo");
        var payload = Pattern(3 * 1024 * 1024);
        var sending = peer.SendAsync([.. payload.Chunk(64 * 1024).Select(Data)]);
        var echoed = await peer.ReadDataAsync(payload.Length);
        await sending;
        Assert.True(payload.AsSpan().SequenceEqual(echoed));
    }

    [Fact]
    public async Task A_FIN_without_close_notify_is_an_error_and_not_the_clients_end()
    {
        Start();
        using var peer = await OpenEchoAsync();
        await EventFilter.Info(contains: "without close_notify").ExpectOneAsync(() =>
        {
            peer.CutOff();
            return Task.CompletedTask;
        });
        ExpectEmpty();
    }

    [Fact]
    public async Task A_client_above_the_cap_is_reset_without_a_handshake()
    {
        Start(maxConnections: 1);
        using var first = await OpenEchoAsync();
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var second = await RawPeer.ConnectAsync(Endpoint);
            await second.ReadAsync();
        });
    }

    [Fact]
    public async Task A_client_that_never_reads_is_aborted_at_the_write_timeout()
    {
        Start(
            Limits with { WriteTimeout = TimeSpan.FromSeconds(2) },
            window: new ChannelWindow(16 * 1024 * 1024, 16 * 1024 * 1024));
        using var peer = await OpenEchoAsync(receiveBuffer: 4096);
        await EventFilter.Info(contains: "slow-consumer").ExpectOneAsync(async () =>
        {
            var chunk = Data(new byte[ProtocolLimits.MaxPayload]);
            try
            {
                for (var i = 0; i < 60; i++) await peer.SendAsync(chunk);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The server has given up.
            }
        });
        ExpectEmpty();
    }

    [Fact]
    public async Task A_client_whose_handler_dies_is_reset()
    {
        Start();
        using var peer = await OpenEchoAsync();
        Sys.ActorSelection("/user/native/conn-1/framing").Tell(Kill.Instance);
        await Assert.ThrowsAsync<IOException>(() => peer.ReadAsync());
        ExpectEmpty();
    }

    [Fact]
    public async Task Stopping_resets_who_is_connected_and_ends_their_transports()
    {
        Start();
        using var peer = await OpenEchoAsync();
        var transport = await Sys.ActorSelection("/user/native/transport-1").ResolveOne(TimeSpan.FromSeconds(5));
        Watch(transport);
        Listener.Tell(new StopListening());
        Assert.Equal(
            2, ReceiveN(2).Count(message => message is ListenerStopped || message is Terminated ended && ended.ActorRef.Equals(transport)));
        await Assert.ThrowsAsync<IOException>(() => peer.ReadAsync());
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync((System.Net.IPEndPoint)Endpoint));
    }
}
