using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Connections;

/// <summary>
/// TLS 1.2 or later. Who the server is, is decided by the pin alone: names, dates and issuers in the certificate say
/// nothing here. Nothing is sent inside TLS before the pin was checked and kept.
/// </summary>
internal sealed class TlsLink : Link
{
    private static readonly SslApplicationProtocol Alpn = new("actornet/1");

    private readonly Socket _socket;
    private readonly SslStream _stream;

    private TlsLink(Socket socket, SslStream stream)
    {
        (_socket, _stream) = (socket, stream);
        Bindings = TlsBindings.Of(stream);
    }

    public override IReadOnlyList<ChannelBinding> Bindings { get; }

    /// <summary>Shakes hands on a connected socket.</summary>
    /// <exception cref="ServerIdentityException">The server is not known to be the right one.</exception>
    /// <exception cref="ConnectFailedException">No TLS with this server.</exception>
    public static async Task<TlsLink> OpenAsync(
        Socket socket, ClientOptions options, ServerPin pin, CancellationToken cancellation)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: false));
        try
        {
            await stream.AuthenticateAsClientAsync(Options(options, pin), cancellation);
            pin.Keep();
            return new TlsLink(socket, stream);
        }
        catch (Exception e) when (e is AuthenticationException || IsLoss(e))
        {
            await stream.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            // no word of TLS at all: a server that refuses this address does that
            if (e is not AuthenticationException && pin.Shown is null) throw;
            throw pin.Refusal() as ActorNetException ?? new ConnectFailedException(
                null,
                $"{options.Server} does not answer with TLS ({(e.InnerException ?? e).Message.TrimEnd('.')}); a port "
                + $"in plaintext is written tcp://{options.Server.HostAndPort}", e);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        _stream.ReadAsync(buffer, cancellation);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    public override async ValueTask FinishAsync()
    {
        await TlsGoodbye.SayAsync(_stream);
        _socket.Shutdown(SocketShutdown.Send);
    }

    public override void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private static SslClientAuthenticationOptions Options(ClientOptions options, ServerPin pin) => new()
    {
        TargetHost = options.Server.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [Alpn],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        // A chain is built whether or not anybody asks; it must not make the client load anything from anywhere.
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && pin.Accepts(certificate.GetRawCertData()),
    };
}
