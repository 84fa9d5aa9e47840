using System.Diagnostics;

namespace ActorNet.Bench;

/// <summary>What one run showed.</summary>
internal sealed record EchoResult(double RequestsPerSecond, double CpuMicrosecondsPerRequest, double P50Microseconds, double P99Microseconds);

/// <summary>A shape of load: so many connections, so many requests in flight on each, so many bytes each.</summary>
internal sealed record EchoShape(int Connections, int Depth, int Payload)
{
    /// <summary>Reads <c>2000x4x64</c>: connections, depth, bytes.</summary>
    public static EchoShape Parse(string text) =>
        text.Split('x').Select(part => int.TryParse(part, out var number) && number > 0 ? number : 0).ToArray() is [> 0 and var connections, > 0 and var depth, > 0 and var payload]
            ? new EchoShape(connections, depth, payload)
            : throw new ArgumentException($"'{text}' is no shape; it takes CONNECTIONSxDEPTHxBYTES, such as 2000x4x64");

    public override string ToString() => $"{Connections}x{Depth}x{(Payload >= 1024 ? $"{Payload / 1024} KiB" : $"{Payload} B")}";
}

/// <summary>Drives one peer with one shape for a time, single-threaded.</summary>
internal static class EchoLoad
{
    private const int ReadBuffer = 256 * 1024;

    public static EchoResult Run(Peer peer, EchoShape shape, TimeSpan warmUp, TimeSpan measured)
    {
        using var epoll = new Epoll();
        var connections = new List<EchoConnection>();
        try
        {
            for (var i = 0; i < shape.Connections; i++)
            {
                connections.Add(new EchoConnection(peer, shape.Depth, shape.Payload));
                epoll.Add(connections[i].Descriptor, i);
            }

            foreach (var connection in connections) connection.Start(Stopwatch.GetTimestamp());
            var latencies = new List<long>(1 << 22);
            Pump(epoll, connections, warmUp, latencies);
            latencies.Clear();
            var cpu = peer.CpuSeconds;
            var started = Stopwatch.GetTimestamp();
            var requests = Pump(epoll, connections, measured, latencies);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            cpu = peer.CpuSeconds - cpu;
            latencies.Sort();
            return new EchoResult(
                requests / seconds, cpu * 1e6 / requests, Percentile(latencies, 0.50), Percentile(latencies, 0.99));
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private static long Pump(Epoll epoll, List<EchoConnection> connections, TimeSpan time, List<long> latencies)
    {
        var buffer = new byte[ReadBuffer];
        var requests = 0L;
        var lastAnswer = Stopwatch.GetTimestamp();
        for (var started = lastAnswer; Stopwatch.GetElapsedTime(started) < time;)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var tag in epoll.Wait(100)) requests += connections[tag].OnReadable(buffer, now = Stopwatch.GetTimestamp(), latencies);
            if (latencies.Count > 0) lastAnswer = now;
            if (Stopwatch.GetElapsedTime(lastAnswer) > TimeSpan.FromSeconds(10))
                throw new InvalidOperationException("no answer for 10 s");
        }

        return requests;
    }

    private static double Percentile(List<long> sorted, double p) =>
        sorted.Count == 0 ? 0 : Stopwatch.GetElapsedTime(0, sorted[(int)(sorted.Count * p)]).TotalMicroseconds;
}
