using ActorNet.Client.Tests.Support;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Tests.Trust;

public sealed class FingerprintTests
{
    [Fact]
    public void Fingerprint_is_the_one_the_server_prints()
    {
        var fingerprint = Fingerprint.Of(TestCertificate.One.RawData);
        Assert.Equal(CertificateFingerprint.Of(TestCertificate.One), fingerprint.ToString());
        Assert.Matches("^SHA256:[A-Za-z0-9+/]{43}$", fingerprint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    public void Fingerprint_is_read_with_and_without_padding(string padding)
    {
        var fingerprint = Fingerprint.Of(TestCertificate.One.RawData);
        Assert.True(Fingerprint.TryParse(fingerprint + padding, out var read));
        Assert.Equal(fingerprint, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SHA256:")]
    [InlineData("SHA256:AAAA")]
    [InlineData("sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void Anything_else_is_none(string text) => Assert.False(Fingerprint.TryParse(text, out _));
}
