namespace ActorNet.Client.Commands;

/// <summary>What the help of each command shows; every line is a command line that parses.</summary>
internal static class HelpExamples
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["ping"] = ["actornet ping --count 5", "actornet ping --server node.example --json"],
        ["echo"] = ["actornet echo hello", "actornet echo < big.bin > copy.bin"],
        ["chat"] =
        [
            "actornet chat lobby --as Alice",
            "actornet chat say lobby 'the build is green'",
            "actornet chat tail lobby --json",
        ],
        ["say"] = ["actornet chat say lobby 'the build is green'"],
        ["tail"] = ["actornet chat tail lobby", "actornet chat tail lobby --json"],
        ["exec"] =
        [
            "actornet exec -- ls -l",
            "actornet exec --shell -- 'ps aux | wc -l'",
            "actornet exec --cwd reports --timeout 30s -- make",
            "tar c src | actornet exec -- tar x",
        ],
        ["get"] = ["actornet get reports/2026.pdf", "actornet get logs/today.log - | grep error"],
        ["put"] =
        [
            "actornet put notes.txt",
            "actornet put build.zip releases/build.zip",
            "pg_dump db | actornet put - backup.sql",
        ],
        ["ls"] = ["actornet ls", "actornet ls reports --json"],
        ["login"] =
        [
            "actornet login --server node.example --account alice",
            "actornet login --server node.example --account robot --password-file secret.txt",
        ],
        ["logout"] = ["actornet logout", "actornet logout --server node.example"],
        ["whoami"] = ["actornet whoami", "actornet whoami --json"],
        ["admin"] = ["actornet admin sessions", "actornet admin disconnect 8a1cda38/tls/conn-17"],
        ["sessions"] = ["actornet admin sessions", "actornet admin sessions --json"],
        ["disconnect"] = ["actornet admin disconnect 8a1cda38/tls/conn-17"],
    };

    private static readonly string[] Overview =
    [
        "actornet ping",
        "actornet login --server node.example --account alice",
        "actornet chat lobby --as Alice",
        "actornet exec -- ls -l",
        "actornet put notes.txt",
        "actornet get notes.txt copy.txt",
    ];

    /// <summary>Examples of a command, or of all.</summary>
    public static IReadOnlyList<string> Of(string command) => Examples.GetValueOrDefault(command, Overview);

    /// <summary>All of them, for the test that parses them.</summary>
    public static IEnumerable<string> All => Examples.Values.SelectMany(e => e).Concat(Overview);
}
