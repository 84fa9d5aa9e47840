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
        foreach (var listener in listeners) yield return Line("listens", $"{listener.Endpoint} ({listener.Name})");
        foreach (var (word, place) in places) yield return Line(word, place);
        if (listeners.Select(listener => listener.Endpoint).OfType<IPEndPoint>().FirstOrDefault() is { } first)
            yield return Line("next", $"in another terminal: {clientCommand} ping{ServerFlag(first)}");
        yield return Line("stop", "Ctrl-C");
    }

    /// <summary>How a client is started: from the sources when they are here, else by its name.</summary>
    public static string ClientCommand() =>
        Directory.Exists(Path.Combine("src", "Client")) ? "dotnet run -c Release --project src/Client --" : "actornet";

    private static string Line(string word, string text) => $"  {word,-8} {text}";

    private static string ServerFlag(IPEndPoint endpoint) =>
        endpoint.Port == DefaultPort ? "" : $" --server {endpoint}";
}
