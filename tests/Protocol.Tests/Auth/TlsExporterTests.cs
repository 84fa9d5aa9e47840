using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Auth;

/// <summary>Needs a Linux with OpenSSL, as the node does: that the exporter works is not left to the platform here.</summary>
public sealed class TlsExporterTests
{
    private static readonly X509Certificate2 Certificate = TlsPair.SelfSigned(HashAlgorithmName.SHA256);

    [Theory]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12)]
    public async Task Both_ends_of_a_connection_export_the_same_32_bytes(SslProtocols protocol)
    {
        using var pair = await TlsPair.ConnectAsync(Certificate, protocol);
        Assert.Equal(protocol, pair.Server.SslProtocol);
        Assert.True(TlsExporter.TryExport(pair.Client, out var client));
        Assert.True(TlsExporter.TryExport(pair.Server, out var server));
        Assert.Equal(32, client.Length);
        Assert.Equal(client, server);
        Assert.Contains(client, b => b != 0);
    }

    [Theory]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12)]
    public async Task Two_connections_export_different_bytes(SslProtocols protocol)
    {
        using var first = await TlsPair.ConnectAsync(Certificate, protocol);
        using var second = await TlsPair.ConnectAsync(Certificate, protocol);
        Assert.True(TlsExporter.TryExport(first.Client, out var one));
        Assert.True(TlsExporter.TryExport(second.Client, out var other));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Without_a_session_there_is_nothing_to_export()
    {
        using var stream = new SslStream(new MemoryStream());
        Assert.False(TlsExporter.TryExport(stream, out _));
    }

    [Fact]
    public async Task A_connection_that_is_closed_exports_nothing_and_breaks_nothing()
    {
        var pair = await TlsPair.ConnectAsync(Certificate, SslProtocols.Tls13);
        pair.Dispose();
        Assert.False(TlsExporter.TryExport(pair.Client, out _));
    }
}
