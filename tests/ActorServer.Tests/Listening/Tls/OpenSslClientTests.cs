using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>A stranger's TLS shakes hands with this one. Where there is no openssl program there is nothing to test.</summary>
public sealed class OpenSslClientTests : SocketNode
{
    private readonly TlsNode _node = new();

    private protected override TlsSettings? Tls => TlsNode.Settings;

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context) =>
        _node.Listener(settings, admission, context);

    private protected override void CleanUp() => _node.Dispose();

    [Theory]
    [InlineData("-tls1_3", "TLSv1.3")]
    [InlineData("-tls1_2", "TLSv1.2")]
    public async Task Openssl_s_client_completes_a_handshake(string version, string shown)
    {
        Start();
        var start = new ProcessStartInfo("openssl")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["s_client", "-brief", version, "-alpn", "actornet/1", "-connect", ((IPEndPoint)Endpoint).ToString()])
            start.ArgumentList.Add(argument);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return;
        }

        using (process)
        {
            // The end of its input is its end.
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var words = await process.StandardError.ReadToEndAsync() + await output;
            await process.WaitForExitAsync();
            Assert.Contains("CONNECTION ESTABLISHED", words, StringComparison.Ordinal);
            Assert.Contains($"Protocol version: {shown}", words, StringComparison.Ordinal);
        }

        ExpectEmpty();
    }
}
