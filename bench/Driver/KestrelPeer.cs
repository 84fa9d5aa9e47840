using System.Diagnostics;
using System.Globalization;

namespace ActorNet.Bench;

/// <summary>A Kestrel ConnectionHandler that sends frames back: no login, no windows.</summary>
internal sealed class KestrelPeer : Peer
{
    private KestrelPeer(Process process, int port, bool tls) : base("kestrel", process, tls) => Port = port;

    public override int Port { get; }

    public static KestrelPeer Start(string assembly, bool tls)
    {
        var process = StartDotnet(assembly, tls ? ["--tls"] : []);
        return new KestrelPeer(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture), tls);
    }

    public override uint Prepare(Wire wire) => int.MaxValue;
}
