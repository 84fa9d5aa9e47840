using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The peer of the echo benchmark: a Kestrel ConnectionHandler that sends ActorNet's frames back as they came.
// No login and no windows, so it does less than the node; whatever it is ahead by includes that.
// Prints the port it took, on loopback, as its first line.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options =>
{
    if (args.Contains("--tls")) options.UseHttps(SelfSigned());
    options.UseConnectionHandler<EchoHandler>();
}));
var app = builder.Build();
await app.StartAsync();
var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
Console.WriteLine(new Uri(addresses.Addresses.First()).Port);
await app.WaitForShutdownAsync();

// Of the kind that the node makes for itself.
static X509Certificate2 SelfSigned()
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
    return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
}

internal sealed class EchoHandler : ConnectionHandler
{
    private const int LengthField = 4;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            var buffer = read.Buffer;
            var echoed = false;
            while (TryTakeFrame(ref buffer, out var frame))
            {
                foreach (var segment in frame) output.Write(segment.Span);
                echoed = true;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (echoed) await output.FlushAsync();
            if (read.IsCompleted) return;
        }
    }

    private static bool TryTakeFrame(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < LengthField) return false;
        Span<byte> length = stackalloc byte[LengthField];
        buffer.Slice(0, LengthField).CopyTo(length);
        var size = LengthField + (long)BinaryPrimitives.ReadUInt32BigEndian(length);
        if (buffer.Length < size) return false;
        frame = buffer.Slice(0, size);
        buffer = buffer.Slice(size);
        return true;
    }
}
