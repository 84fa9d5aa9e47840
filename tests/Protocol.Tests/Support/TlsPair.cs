using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorNet.Protocol.Tests.Support;

/// <summary>Both ends of one TLS connection over loopback, shaken hands.</summary>
internal sealed class TlsPair : IDisposable
{
    private TlsPair(SslStream client, SslStream server, Stream belowServer) => (Client, Server, BelowServer) = (client, server, belowServer);

    public SslStream Client { get; }

    public SslStream Server { get; }

    /// <summary>The socket of the server, for what no TLS would say.</summary>
    public Stream BelowServer { get; }

    public static async Task<TlsPair> ConnectAsync(X509Certificate2 certificate, SslProtocols protocol)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var far = await listener.AcceptTcpClientAsync();
        var pair = new TlsPair(new SslStream(near.GetStream()), new SslStream(far.GetStream()), far.GetStream());
        await Task.WhenAll(
            pair.Server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = protocol }),
            pair.Client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocol,
                RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown),
            }));
        return pair;
    }

    public static X509Certificate2 SelfSigned(HashAlgorithmName hash)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, hash, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
