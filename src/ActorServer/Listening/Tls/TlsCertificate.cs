using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Listening.Tls;

/// <summary>A certificate with its key, ready for handshakes: what can be computed once is.</summary>
internal sealed class TlsCertificate
{
    /// <summary>The application protocol (RFC 7301) of these listeners.</summary>
    public static readonly SslApplicationProtocol Alpn = new("actornet/1");

    private readonly byte[] _digest;

    private TlsCertificate(X509Certificate2 certificate, SslStreamCertificateContext context, byte[] digest)
    {
        _digest = digest;
        Fingerprint = CertificateFingerprint.Of(certificate);
        Binding = TlsBindings.ServerEndPoint(certificate);
        EndsAt = certificate.NotAfter.ToUniversalTime();
        Options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = false,
            AllowRenegotiation = false,
            // A client that offers protocols and not this one talks to the wrong port, and is told so (no_application_protocol).
            ApplicationProtocols = [Alpn],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
    }

    /// <summary>As <see cref="CertificateFingerprint"/> writes it.</summary>
    public string Fingerprint { get; }

    /// <summary>The binding tls-server-end-point of its connections.</summary>
    public ChannelBinding Binding { get; }

    /// <summary>Until when it is valid, in UTC. Clients that have pinned it do not ask.</summary>
    public DateTime EndsAt { get; }

    /// <summary>For every handshake the same.</summary>
    public SslServerAuthenticationOptions Options { get; }

    /// <summary>Reads a certificate, those of its issuers after it, and its key.</summary>
    /// <exception cref="CryptographicException">The certificate or the key is none.</exception>
    /// <exception cref="ArgumentException">The key is of another certificate.</exception>
    public static TlsCertificate Parse(string certificatePem, string keyPem)
    {
        var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificatePem);
        chain.RemoveAt(0);
        // offline: nothing is loaded from anywhere to complete the chain.
        return new TlsCertificate(
            certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true), Digest(certificatePem, keyPem));
    }

    /// <summary>Whether it was read from files with this content.</summary>
    public bool IsFrom(string certificatePem, string keyPem) => Digest(certificatePem, keyPem).AsSpan().SequenceEqual(_digest);

    private static byte[] Digest(string certificatePem, string keyPem) =>
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{certificatePem}\0{keyPem}"));
}
