using System.Diagnostics;
using System.Globalization;

namespace ActorNet.Bench;

/// <summary>
/// Full TLS handshakes one after the other: connect, handshake, close; nobody logs in. CPU is the server's; the rate has the client's half
/// of the work in it, the same beside either.
/// </summary>
internal static class HandshakeBench
{
    public static void Run(IReadOnlyList<Peer> peers, int rounds, TimeSpan measured)
    {
        Console.WriteLine($"{"peer",-10} {"handshakes/s",14} {"CPU us each",12}");
        var results = peers.ToDictionary(p => p, _ => new List<(double Rate, double Cpu)>());
        foreach (var peer in peers) Measure(peer, TimeSpan.FromSeconds(1));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var peer in round % 2 == 0 ? peers : peers.Reverse()) results[peer].Add(Measure(peer, measured));
        }

        foreach (var peer in peers)
            Console.WriteLine(Line(peer.Name, Medians.Of(results[peer], r => r.Rate), Medians.Of(results[peer], r => r.Cpu), "N0"));
        if (peers is [var ours, var theirs])
            Console.WriteLine(Line(
                "ratio",
                Medians.Of(results[ours], r => r.Rate) / Medians.Of(results[theirs], r => r.Rate),
                Medians.Of(results[ours], r => r.Cpu) / Medians.Of(results[theirs], r => r.Cpu),
                "0.00"));
    }

    private static (double Rate, double Cpu) Measure(Peer peer, TimeSpan measured)
    {
        var cpu = peer.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < measured; count++) Wire.Connect(peer.Port, tls: true).Dispose();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (count / seconds, (peer.CpuSeconds - cpu) * 1e6 / count);
    }

    private static string Line(string name, double rate, double cpu, string format) =>
        $"{name,-10} {rate.ToString(format, CultureInfo.InvariantCulture),14} {cpu.ToString(format, CultureInfo.InvariantCulture),12}";
}
