using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// A certificate as people compare it: <c>SHA256:</c> and the SHA-256 of its DER in base64 without padding, as OpenSSH writes the ones of
/// its keys.
/// </summary>
public static class CertificateFingerprint
{
    /// <summary>The fingerprint.</summary>
    public static string Of(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return $"SHA256:{Convert.ToBase64String(SHA256.HashData(certificate.GetRawCertData())).TrimEnd('=')}";
    }
}
