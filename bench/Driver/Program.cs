using System.CommandLine;
using ActorNet.Bench;

// Started by bench/run, which builds what is measured. Everything is on loopback, bounded in count and time, and stopped by its own pid.
var rounds = new Option<int>("--rounds") { Description = "How often each peer is measured", DefaultValueFactory = _ => 5 };
var seconds = new Option<double>("--seconds") { Description = "How long each measurement takes", DefaultValueFactory = _ => 3 };
var shape = new Option<EchoShape[]>("--shape")
{
    Description = "Instead of the usual shapes: CONNECTIONSxDEPTHxBYTES, such as 2000x4x64; may be repeated",
    CustomParser = result => [.. result.Tokens.Select(token => EchoShape.Parse(token.Value))],
};
var only = new Option<string?>("--peer") { Description = "Only this peer: actornet or kestrel" };
var set = new Option<string[]>("--set") { Description = "A setting of the node, key=value" };
var overTls = new Option<bool>("--tls") { Description = "Over TLS, on both sides" };
var node = new Option<string>("--node") { Description = "The node's assembly", Required = true };
var kestrel = new Option<string>("--kestrel") { Description = "The Kestrel peer's assembly", Required = true };

var echo = new Command("echo", "Requests per second, CPU per request and latency of a framed echo") { rounds, seconds, shape, overTls };
echo.SetAction(result => WithPeers(Starters(result, result.GetValue(overTls)), peers =>
    EchoBench.Run(peers, result.GetValue(rounds), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(shape) ?? [])));
var handshakes = new Command("handshakes", "Full TLS handshakes per second, and what one costs the server") { rounds, seconds };
handshakes.SetAction(result => WithPeers(Starters(result, tls: true), peers =>
    HandshakeBench.Run(peers, result.GetValue(rounds), TimeSpan.FromSeconds(result.GetValue(seconds)))));
var idle = new Command("idle", "Memory of idle connections, and connects per second") { overTls };
idle.SetAction(result => IdleBench.Run(Starters(result, result.GetValue(overTls))));
var root = new RootCommand("Benchmarks of ActorNet beside its peers") { echo, handshakes, idle };
foreach (var option in new Option[] { only, set, node, kestrel })
{
    option.Recursive = true;
    root.Options.Add(option);
}

return root.Parse(args).Invoke();

List<Func<Peer>> Starters(ParseResult result, bool tls)
{
    (string Name, Func<Peer> Start)[] all =
    [
        ("actornet", () => ActorNetPeer.Start(result.GetValue(node)!, result.GetValue(set) ?? [], tls)),
        ("kestrel", () => KestrelPeer.Start(result.GetValue(kestrel)!, tls)),
    ];
    return [.. all.Where(p => result.GetValue(only) is null || result.GetValue(only) == p.Name).Select(p => p.Start)];
}

static void WithPeers(List<Func<Peer>> starters, Action<List<Peer>> measure)
{
    var peers = new List<Peer>();
    try
    {
        foreach (var start in starters) peers.Add(start());
        measure(peers);
    }
    finally
    {
        foreach (var peer in peers) peer.Dispose();
    }
}
