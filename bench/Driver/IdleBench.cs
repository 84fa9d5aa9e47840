using System.Globalization;

namespace ActorNet.Bench;

/// <summary>What a connection costs that does nothing: resident memory of the server, each count in a process of its own.</summary>
internal static class IdleBench
{
    private static readonly int[] Counts = [1000, 5000];

    public static void Run(IReadOnlyList<Func<Peer>> start)
    {
        Console.WriteLine($"{"connections",-12} {"peer",-10} {"KiB each",10} {"connects/s",12}");
        foreach (var count in Counts)
        {
            foreach (var peerStart in start)
            {
                using var peer = peerStart();
                Measure(peer, count);
            }
        }
    }

    private static void Measure(Peer peer, int count)
    {
        // The first connections pay for the runtime's own start.
        var warm = Open(peer, 50);
        Thread.Sleep(1000);
        var before = peer.ResidentKib;
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var open = Open(peer, count);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        Thread.Sleep(3000);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,-12} {peer.Name,-10} {(peer.ResidentKib - before) / (double)count,10:0.0} {count / seconds,12:N0}"));
        foreach (var connection in warm.Concat(open)) connection.Dispose();
    }

    // One request each, so that every connection has worked once.
    private static List<EchoConnection> Open(Peer peer, int count)
    {
        var connections = new List<EchoConnection>();
        var buffer = new byte[4096];
        for (var i = 0; i < count; i++)
        {
            connections.Add(new EchoConnection(peer, 1, 64));
            connections[i].RoundTrip(buffer);
        }

        return connections;
    }
}
