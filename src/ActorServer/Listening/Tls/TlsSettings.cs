using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening.Tls;

/// <summary>TLS of one listener: keys of <c>actornet.listeners.NAME</c> beside its address.</summary>
/// <param name="Certificate">Absolute path of the PEM file with the certificate and its chain; null, as the key: one of the node's own.</param>
/// <param name="PrivateKey">Absolute path of the PEM file with its private key.</param>
/// <param name="CheckInterval">How often the files are looked at for a change.</param>
public sealed record TlsSettings(string? Certificate, string? PrivateKey, TimeSpan CheckInterval)
{
    private const string CertificateKey = "certificate";
    private const string PrivateKeyKey = "private-key";
    private const string CheckIntervalKey = "certificate-check-interval";

    /// <summary>Reads the keys.</summary>
    public static TlsSettings From(SettingsReader settings)
    {
        var certificate = FullPath(settings.OptionalText(CertificateKey));
        var privateKey = FullPath(settings.OptionalText(PrivateKeyKey));
        if (certificate is null != privateKey is null)
            settings.Fail(
                certificate is null ? CertificateKey : PrivateKeyKey,
                $"is empty while {(certificate is null ? PrivateKeyKey : CertificateKey)} is not; name both files, or neither.");
        return new TlsSettings(
            certificate, privateKey, settings.Duration(CheckIntervalKey, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
    }

    /// <summary>Takes note of the keys of a listener that has TLS switched off: they are known, and mean nothing now.</summary>
    public static void Skip(SettingsReader settings)
    {
        var there = settings.SectionNames();
        foreach (var key in new[] { CertificateKey, PrivateKeyKey, CheckIntervalKey }.Where(there.Contains)) settings.OptionalText(key);
    }

    private static string? FullPath(string path) => path.Length == 0 ? null : Path.GetFullPath(path);
}
