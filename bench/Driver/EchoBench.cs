using System.Globalization;

namespace ActorNet.Bench;

/// <summary>Echo side by side: the peers take turns in every round, and the ratio is of the medians.</summary>
internal static class EchoBench
{
    private static readonly EchoShape[] Shapes =
        [new(1, 1, 64), new(50, 32, 64), new(1000, 8, 64), new(4, 4, 64 * 1024)];

    public static void Run(IReadOnlyList<Peer> peers, int rounds, TimeSpan measured, IReadOnlyList<EchoShape> shapes)
    {
        var warmUp = TimeSpan.FromSeconds(1);
        Console.WriteLine($"{"shape",-16} {"peer",-10} {"requests/s",14} {"CPU us/req",11} {"p50 us",9} {"p99 us",9}");
        foreach (var shape in shapes.Count > 0 ? shapes : Shapes)
        {
            var results = peers.ToDictionary(p => p, _ => new List<EchoResult>());
            for (var round = 0; round < rounds; round++)
            {
                // Who goes first changes, so that neither always meets the warmer machine.
                foreach (var peer in round % 2 == 0 ? peers : peers.Reverse())
                    results[peer].Add(EchoLoad.Run(peer, shape, warmUp, measured));
            }

            foreach (var peer in peers) Print(shape, peer.Name, results[peer]);
            PrintRatio(shape, peers, results);
        }
    }

    private static void Print(EchoShape shape, string peer, List<EchoResult> results) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{shape,-16} {peer,-10} {Medians.Of(results, r => r.RequestsPerSecond),14:N0} {Medians.Of(results, r => r.CpuMicrosecondsPerRequest),11:0.00} {Medians.Of(results, r => r.P50Microseconds),9:0} {Medians.Of(results, r => r.P99Microseconds),9:0}"));

    private static void PrintRatio(EchoShape shape, IReadOnlyList<Peer> peers, Dictionary<Peer, List<EchoResult>> results)
    {
        if (peers is not [var ours, var theirs]) return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape,-16} {"ratio",-10} {Ratio(r => r.RequestsPerSecond),14:0.00} {Ratio(r => r.CpuMicrosecondsPerRequest),11:0.00}"));

        double Ratio(Func<EchoResult, double> of) => Medians.Of(results[ours], of) / Medians.Of(results[theirs], of);
    }
}
