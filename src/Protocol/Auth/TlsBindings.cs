using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorNet.Protocol.Auth;

/// <summary>What a login over a TLS connection can be bound to; the same at both ends.</summary>
public static class TlsBindings
{
    /// <summary>The bindings, the best first. Call it after the handshake and before the first read or write.</summary>
    public static IReadOnlyList<ChannelBinding> Of(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(stream, (stream.IsServer ? stream.LocalCertificate : stream.RemoteCertificate) is { } c ? ServerEndPoint(c) : null);
    }

    /// <summary>The same, where that of the server's certificate is known already: <see cref="ServerEndPoint"/>.</summary>
    public static IReadOnlyList<ChannelBinding> Of(SslStream stream, ChannelBinding? serverEndPoint)
    {
        var bindings = new List<ChannelBinding>(2);
        if (TlsExporter.TryExport(stream, out var exported)) bindings.Add(new ChannelBinding(ChannelBinding.TlsExporter, exported));
        if (serverEndPoint is not null) bindings.Add(serverEndPoint);
        return bindings;
    }

    /// <summary>
    /// The binding tls-server-end-point of a server's certificate: its hash by the algorithm of its signature, and by SHA-256 where that is
    /// MD5 or SHA-1 (RFC 5929, section 4.1). Signatures that name no hash (Ed25519, RSASSA-PSS) have none by the letter; SHA-256 stands in.
    /// </summary>
    public static ChannelBinding ServerEndPoint(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var der = certificate.GetRawCertData();
        using var parsed = X509CertificateLoader.LoadCertificate(der);
        return new ChannelBinding(ChannelBinding.TlsServerEndPoint, CryptographicOperations.HashData(HashOf(parsed.SignatureAlgorithm), der));
    }

    private static HashAlgorithmName HashOf(Oid signature) => signature.Value switch
    {
        // sha384WithRSAEncryption, ecdsa-with-SHA384
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        // sha512WithRSAEncryption, ecdsa-with-SHA512
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
