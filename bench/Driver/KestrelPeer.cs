using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ActorNet.Bench;

/// <summary>A Kestrel ConnectionHandler that sends frames back: no login, no windows.</summary>
internal sealed class KestrelPeer : Peer
{
    private KestrelPeer(Process process, int port) : base("kestrel", process) => Port = port;

    public override int Port { get; }

    public static KestrelPeer Start(string assembly)
    {
        var process = StartDotnet(assembly, []);
        return new KestrelPeer(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    public override uint Prepare(Socket socket) => int.MaxValue;
}
