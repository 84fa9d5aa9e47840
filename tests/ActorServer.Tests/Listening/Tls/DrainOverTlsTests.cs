using System.Net.Sockets;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.TestSupport;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>The same over TLS, where who is refused is reset.</summary>
public sealed class DrainOverTlsTests : DrainOverSocketSpec
{
    private readonly TlsNode _node = new();

    private protected override TlsSettings? Tls => TlsNode.Settings;

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context) =>
        _node.Listener(settings, admission, context);

    private protected override Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectTlsAsync(Endpoint, receiveBuffer);

    private protected override void CleanUp() => _node.Dispose();

    private protected override async Task ExpectRefusedAsync()
    {
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var late = await RawPeer.ConnectAsync(Endpoint);
            await late.ReadAsync();
        });
    }

    [Fact]
    public async Task A_drain_drops_who_is_shaking_hands()
    {
        Start();
        using var silent = await RawPeer.ConnectAsync(Endpoint);
        AwaitAssert(() => Assert.Equal(1, CountLive()));
        Listener.Tell(Drain.Instance);
        ExpectEmpty();
        Assert.Equal(0, CountLive());
        await Assert.ThrowsAsync<SocketException>(() => silent.ReadAsync());
    }
}
