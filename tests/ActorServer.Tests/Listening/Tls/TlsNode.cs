using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Storage;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>What the specs over sockets need to run over TLS: a certificate of its own, its listener and its peers.</summary>
internal sealed class TlsNode : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static readonly TlsSettings Settings = new(null, null, TimeSpan.FromHours(1));

    public Props Listener(ListenerSettings settings, Admission admission, ConnectionContext context)
    {
        var files = CertificateFiles.Of(settings.Tls!, settings.Name, _folder.Path);
        Func<System.Net.IPEndPoint, int, IAcceptingSocket> bind = AcceptingSocket.Bind;
        return Props.Create(() => new StreamListenerActor(settings, admission, context, files, bind));
    }

    public void Dispose() => _folder.Dispose();
}
