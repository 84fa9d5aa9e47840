using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class TlsGoodbyeTests
{
    private static readonly X509Certificate2 Certificate = TlsPair.SelfSigned(HashAlgorithmName.SHA256);

    [Fact]
    public async Task The_other_side_reads_the_end()
    {
        using var pair = await TlsPair.ConnectAsync(Certificate, SslProtocols.Tls13);
        await TlsGoodbye.SayAsync(pair.Client);
        Assert.Equal(0, await pair.Server.ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12)]
    public async Task In_a_session_that_has_broken_it_fails_as_a_broken_connection_does(SslProtocols protocol)
    {
        using var pair = await TlsPair.ConnectAsync(Certificate, protocol);
        byte[] forged = [23, 3, 3, 0, 32, .. new byte[32]];
        await pair.BelowServer.WriteAsync(forged);
        await Assert.ThrowsAnyAsync<IOException>(async () => await pair.Client.ReadExactlyAsync(new byte[1]));

        await Assert.ThrowsAnyAsync<IOException>(() => TlsGoodbye.SayAsync(pair.Client));
    }
}
