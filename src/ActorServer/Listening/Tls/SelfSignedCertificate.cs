using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorNet.Server.Listening.Tls;

/// <summary>
/// A certificate that the node signs itself, ECDSA P-256. Its clients pin it by its fingerprint and believe no authority, so it lasts ten
/// years: every renewal would stop all of them.
/// </summary>
internal static class SelfSignedCertificate
{
    private const int Years = 10;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Makes one, in PEM.</summary>
    /// <param name="host">The name of this machine.</param>
    /// <param name="now">The beginning of its life.</param>
    public static (string Certificate, string PrivateKey) Create(string host, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ActorNet node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(Names(host));
        // A day back: the clock of a client may be behind.
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (Uri.CheckHostName(host) == UriHostNameType.Dns && host != "localhost") names.AddDnsName(host);
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
