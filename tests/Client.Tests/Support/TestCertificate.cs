using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorNet.Client.Tests.Support;

/// <summary>Self-signed certificates, made once for all tests.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 One { get; } = Make("one", DateTimeOffset.UnixEpoch.AddYears(200));

    public static X509Certificate2 Other { get; } = Make("other", DateTimeOffset.UnixEpoch.AddYears(200));

    /// <summary>Its time was over in 1971.</summary>
    public static X509Certificate2 Expired { get; } = Make("expired", DateTimeOffset.UnixEpoch.AddYears(1));

    private static X509Certificate2 Make(string name, DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, end);
    }
}
