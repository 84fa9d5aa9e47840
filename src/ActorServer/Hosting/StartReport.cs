using System.Net;
using System.Reflection;
using ActorNet.Server.Listening;
using Akka.Actor;

namespace ActorNet.Server.Hosting;

/// <summary>
/// What the terminal says once the node runs: what it is, where it listens, where its things are, what to type next.
/// </summary>
internal static class StartReport
{
    private const int DefaultPort = 7400;

    /// <summary>This program and what it runs on.</summary>
    public static string Version { get; } = $"actorserver {ServerVersion.Version} (Akka.NET {AkkaVersion}, .NET {Environment.Version})";

    private static string AkkaVersion =>
        typeof(ActorSystem).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The lines.</summary>
    /// <param name="version">The first line.</param>
    /// <param name="listeners">Where it listens.</param>
    /// <param name="places">Where its things are: a word, and the place.</param>
    /// <param name="clientCommand">How a client is started from here.</param>
    public static IEnumerable<string> Lines(
        string version, IReadOnlyList<ListenerBound> listeners, IEnumerable<(string Word, string Place)> places, string clientCommand)
    {
        yield return version;
        foreach (var listener in listeners) yield return Line("listens", Describe(listener));
        foreach (var (word, place) in places) yield return Line(word, place);
        if (listeners.OrderBy(listener => listener.Fingerprint is not null).FirstOrDefault() is { Endpoint: IPEndPoint endpoint } easiest)
            yield return Line("next", $"in another terminal: {clientCommand} ping{ServerFlag(endpoint, easiest.Fingerprint)}");
        yield return Line("stop", "Ctrl-C");
    }

    /// <summary>How a client is started: from the sources when they are here, else by its name.</summary>
    public static string ClientCommand() =>
        Directory.Exists(Path.Combine("src", "Client")) ? "dotnet run -c Release --project src/Client --" : "actornet";

    private static string Line(string word, string text) => $"  {word,-8} {text}";

    private static string Describe(ListenerBound listener) => listener.Fingerprint is { } fingerprint
        ? $"{listener.Endpoint} ({listener.Name}), TLS, certificate {fingerprint}"
        : $"{listener.Endpoint} ({listener.Name})";

    // The one in plaintext needs no words; the other is told apart by its scheme, and a client asks about its certificate.
    private static string ServerFlag(IPEndPoint endpoint, string? fingerprint)
    {
        if (fingerprint is not null) return $" --server tls://{endpoint}";
        return endpoint.Port == DefaultPort ? "" : $" --server {endpoint}";
    }
}
