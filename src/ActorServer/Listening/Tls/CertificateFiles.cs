using System.Net;
using System.Security.Cryptography;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Listening.Tls;

/// <summary>The two files of a certificate: given ones, or the node's own, which are made when they are missing. Reads from the disk.</summary>
internal sealed class CertificateFiles
{
    private const string OwnCertificate = "cert.pem";
    private const string OwnKey = "key.pem";

    private readonly string _certificate;
    private readonly string _key;
    private readonly bool _isOwn;
    private readonly string _setting;

    private CertificateFiles(string certificate, string key, bool isOwn, string setting) =>
        (_certificate, _key, _isOwn, _setting) = (certificate, key, isOwn, setting);

    /// <summary>The files that a listener's settings name, or else the node's own.</summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="listener">The name of the listener, for what is said about its keys.</param>
    /// <param name="ownDirectory">Where the node's own are: a private directory.</param>
    public static CertificateFiles Of(TlsSettings settings, string listener, string ownDirectory) =>
        settings is { Certificate: { } certificate, PrivateKey: { } key }
            ? new CertificateFiles(certificate, key, isOwn: false, $"actornet.listeners.{listener}")
            : new CertificateFiles(
                Path.Combine(ownDirectory, OwnCertificate), Path.Combine(ownDirectory, OwnKey), isOwn: true, $"actornet.listeners.{listener}");

    /// <summary>Makes the node's own when they are missing.</summary>
    /// <exception cref="CertificateException">They cannot be written, or the key alone is missing.</exception>
    public void MakeIfMissing()
    {
        if (!_isOwn || File.Exists(_certificate)) return;
        try
        {
            var (certificate, key) = SelfSignedCertificate.Create(Dns.GetHostName(), TimeProvider.System.GetUtcNow());
            // The key first: a certificate that is there has its key, also after a crash between the two.
            AtomicFile.Write(_key, key);
            AtomicFile.Write(_certificate, certificate);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(
                $"a certificate cannot be made in {Path.GetDirectoryName(_certificate)}: {e.Message.TrimEnd('.')}",
                "Make room or give this process the right to write there.");
        }
    }

    /// <summary>Reads both files; null when they hold what <paramref name="known"/> was read from.</summary>
    /// <exception cref="CertificateException">They cannot be used.</exception>
    public TlsCertificate? Read(TlsCertificate? known = null)
    {
        var (certificate, key) = (ReadText(_certificate, "certificate"), ReadText(_key, "private-key"));
        RefuseReadableByAll();
        if (known?.IsFrom(certificate, key) == true) return null;
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new CertificateException(
                $"the key in {_key} is encrypted, and the node has nobody to ask for its passphrase",
                $"Decrypt it with openssl pkey -in {_key} -out NEW, and set {_setting}.private-key to NEW.");
        try
        {
            return TlsCertificate.Parse(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The words of the exception are the framework's, and none of them from the files.
            throw new CertificateException(
                $"{_certificate} and {_key} are no certificate with its private key: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}",
                _isOwn
                    ? "Restore them; or remove both, and new ones are made, whose fingerprint every client has to be told."
                    : $"Both files are PEM; compare openssl x509 -noout -pubkey -in {_certificate} with openssl pkey -pubout -in {_key}.");
        }
    }

    private string ReadText(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CertificateException(
                $"{path} does not exist",
                _isOwn
                    ? $"Restore it; or remove {_certificate}, and new ones are made, whose fingerprint every client has to be told."
                    : $"Set {_setting}.{setting} to the file, or both it and its twin to \"\" for a certificate of the node's own.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException(
                $"{path} cannot be read: {e.Message.TrimEnd('.')}", $"Let the user {Environment.UserName} read it.");
        }
    }

    // A group may read it, as distributions have one for such keys; everybody may not.
    private void RefuseReadableByAll()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        const UnixFileMode group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        var refused = _isOwn ? others | group : others;
        if ((File.GetUnixFileMode(_key) & refused) == 0) return;
        throw new CertificateException(
            $"the private key {_key} is open to other users", $"If nobody else has used it: chmod {(_isOwn ? "600" : "o-rw")} {_key}");
    }
}
