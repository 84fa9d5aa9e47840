using System.Security.Authentication;
using System.Security.Cryptography;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class TlsBindingsTests
{
    [Fact]
    public async Task Both_ends_have_the_same_bindings_and_the_exporter_is_the_first()
    {
        using var certificate = TlsPair.SelfSigned(HashAlgorithmName.SHA256);
        using var pair = await TlsPair.ConnectAsync(certificate, SslProtocols.Tls13);
        var (client, server) = (TlsBindings.Of(pair.Client), TlsBindings.Of(pair.Server));
        Assert.Equal(["tls-exporter", "tls-server-end-point"], client.Select(binding => binding.Type));
        Assert.Equal(client.Select(binding => binding.Type), server.Select(binding => binding.Type));
        Assert.Equal(client.Select(binding => binding.Data.ToArray()), server.Select(binding => binding.Data.ToArray()));
    }

    [Theory]
    [InlineData("SHA256", 32)]
    [InlineData("SHA384", 48)]
    [InlineData("SHA512", 64)]
    public void A_certificate_is_hashed_as_its_signature_is(string hash, int length)
    {
        using var certificate = TlsPair.SelfSigned(new HashAlgorithmName(hash));
        var binding = TlsBindings.ServerEndPoint(certificate);
        var expected = length switch
        {
            32 => SHA256.HashData(certificate.RawData),
            48 => SHA384.HashData(certificate.RawData),
            _ => SHA512.HashData(certificate.RawData),
        };
        Assert.Equal("tls-server-end-point", binding.Type);
        Assert.Equal(expected, binding.Data.ToArray());
    }

    [Fact]
    public void A_fingerprint_is_written_as_OpenSSH_writes_its_own()
    {
        using var certificate = TlsPair.SelfSigned(HashAlgorithmName.SHA256);
        var fingerprint = CertificateFingerprint.Of(certificate);
        Assert.Matches("^SHA256:[A-Za-z0-9+/]{43}$", fingerprint);
        Assert.Equal(SHA256.HashData(certificate.RawData), Convert.FromBase64String(fingerprint["SHA256:".Length..] + "="));
    }
}
