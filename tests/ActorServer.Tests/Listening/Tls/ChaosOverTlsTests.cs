using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.TestSupport;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>The same over TLS.</summary>
public sealed class ChaosOverTlsTests : ConnectionChaosTests
{
    private readonly TlsNode _node = new();

    private protected override TlsSettings? Tls => TlsNode.Settings;

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context) =>
        _node.Listener(settings, admission, context);

    private protected override Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectTlsAsync(Endpoint, receiveBuffer);

    private protected override void CleanUp() => _node.Dispose();
}
