using ActorNet.Server.Listening;
using Akka.Actor;

namespace ActorNet.Server.Hosting;

/// <summary>Binds the listeners, last of all: whoever can connect finds everything running.</summary>
internal static class ListenerStartup
{
    // Above the listener's own patience with Akka.IO.
    private static readonly TimeSpan BindTimeout = TimeSpan.FromSeconds(15);

    private const string NoAnswer = "no answer from the socket";

    /// <summary>Binds all.</summary>
    /// <exception cref="StartFailedException">One could not; with the key, the address and what to do.</exception>
    public static async Task<IReadOnlyList<ListenerBound>> BindAsync(IReadOnlyList<ServerListener> listeners)
    {
        var bound = new List<ListenerBound>();
        var failures = new List<string>();
        foreach (var listener in listeners)
            switch (await AskToListenAsync(listener.Actor))
            {
                case ListenerBound answer:
                    bound.Add(answer);
                    break;
                case ListenerFailed answer:
                    failures.Add(Explain(listener, answer.Reason, answer.Advice ?? Advice(answer.Reason)));
                    break;
                default:
                    failures.Add(Explain(listener, NoAnswer, Advice(NoAnswer)));
                    break;
            }

        return failures.Count > 0 ? throw new StartFailedException(string.Join('\n', failures)) : bound;
    }

    private static async Task<object?> AskToListenAsync(IActorRef listener)
    {
        try
        {
            return await listener.Ask<object>(new StartListening(), BindTimeout);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private static string Explain(ServerListener listener, string reason, string advice) =>
        $"actornet.listeners.{listener.Name} cannot listen on {listener.Address}: {reason.TrimEnd('.')}. {advice}";

    // The kernel's words, as SocketException has them.
    private static string Advice(string reason)
    {
        if (reason.Contains("in use", StringComparison.OrdinalIgnoreCase))
            return "Something listens there already: stop it, or set another port in that section.";
        if (reason.Contains("denied", StringComparison.OrdinalIgnoreCase))
            return "Ports below 1024 need a privilege: set a higher one in that section.";
        return "Set an address of this machine and a free port in that section.";
    }
}
