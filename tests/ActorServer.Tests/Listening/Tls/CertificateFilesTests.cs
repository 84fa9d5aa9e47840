using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Listening.Tls;

[UnsupportedOSPlatform("windows")]
public sealed class CertificateFilesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private CertificateFiles Own() => CertificateFiles.Of(TlsNode.Settings, "tls", _folder.Path);

    private CertificateFiles Given(string certificate = "c.pem", string key = "k.pem") => CertificateFiles.Of(
        TlsNode.Settings with { Certificate = _folder[certificate], PrivateKey = _folder[key] }, "tls", _folder["unused"]);

    private (string Certificate, string Key) Write(string? certificate = null, string? key = null)
    {
        var made = SelfSignedCertificate.Create("node.example", Now);
        _folder.Write("c.pem", certificate ?? made.Certificate);
        File.SetUnixFileMode(_folder.Write("k.pem", key ?? made.PrivateKey), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return made;
    }

    [Fact]
    public void The_nodes_own_are_made_once_and_private()
    {
        Own().MakeIfMissing();
        var first = Own().Read()!;
        Own().MakeIfMissing();
        Assert.Equal(first.Fingerprint, Own().Read()!.Fingerprint);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["key.pem"]));
        Assert.Equal(["cert.pem", "key.pem"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_one_it_makes_is_for_this_machine_and_lasts_ten_years()
    {
        var (pem, _) = SelfSignedCertificate.Create("node.example", Now);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        Assert.True(certificate.MatchesHostname("node.example"));
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.Equal(Now.AddYears(10).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        Assert.Equal("1.2.840.10045.2.1", certificate.PublicKey.Oid.Value);
    }

    [Theory]
    [InlineData("not a name")]
    [InlineData("")]
    [InlineData("localhost")]
    public void A_host_whose_name_is_none_gets_one_too(string host)
    {
        using var certificate = X509Certificate2.CreateFromPem(SelfSignedCertificate.Create(host, Now).Certificate);
        Assert.True(certificate.MatchesHostname("localhost"));
    }

    [Fact]
    public void Given_files_are_read_with_the_fingerprint_of_the_first_certificate_and_read_again_only_when_they_changed()
    {
        var (pem, _) = Write();
        var chain = pem + SelfSignedCertificate.Create("issuer.example", Now).Certificate;
        _folder.Write("c.pem", chain);
        var read = Given().Read()!;
        using var expected = X509Certificate2.CreateFromPem(pem);
        Assert.Equal(CertificateFingerprint.Of(expected), read.Fingerprint);
        Assert.Null(Given().Read(read));
        Write();
        Assert.NotEqual(read.Fingerprint, Given().Read(read)!.Fingerprint);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_key()
    {
        Assert.Contains("actornet.listeners.tls.certificate", Refused(), StringComparison.Ordinal);
        Write();
        File.Delete(_folder["k.pem"]);
        var refused = Refused();
        Assert.Contains($"{_folder["k.pem"]} does not exist", refused, StringComparison.Ordinal);
        Assert.Contains("actornet.listeners.tls.private-key", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_certificate_without_its_key_is_not_replaced_behind_the_back_of_those_who_pinned_it()
    {
        Own().MakeIfMissing();
        File.Delete(_folder["key.pem"]);
        Own().MakeIfMissing();
        Assert.Contains("key.pem does not exist", Assert.Throws<CertificateException>(() => Own().Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_the_certificates_is_refused()
    {
        Write(key: SelfSignedCertificate.Create("other.example", Now).PrivateKey);
        Assert.Contains("are no certificate with its private key", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("garbage", null)]
    [InlineData(null, "")]
    [InlineData(null, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void Garbage_is_refused_and_not_repeated(string? certificate, string? key)
    {
        Write(certificate, key);
        var refused = Refused();
        Assert.Contains("are no certificate with its private key", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }

    [Fact]
    public void An_encrypted_key_is_refused_with_the_command_that_helps()
    {
        Write(key: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Assert.Contains("openssl pkey -in", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_everybody_can_read_is_refused_and_one_of_a_group_is_not()
    {
        Write();
        File.SetUnixFileMode(_folder["k.pem"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.NotNull(Given().Read());
        File.SetUnixFileMode(_folder["k.pem"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod o-rw", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_key_that_a_group_can_read_is_refused()
    {
        Own().MakeIfMissing();
        File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<CertificateException>(() => Own().Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        var files = CertificateFiles.Of(TlsNode.Settings, "tls", _folder["missing"]);
        Assert.Contains(_folder["missing"], Assert.Throws<CertificateException>(files.MakeIfMissing).Message, StringComparison.Ordinal);
    }

    private string Refused() => Assert.Throws<CertificateException>(() => Given().Read()).Message;
}
