using System.Globalization;
using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using Akka;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorNet.Server.Hosting;

/// <summary>
/// How the node stops: newcomers are refused and connections told to finish, then waited for, then what no connection
/// needs is stopped, and only then are the sockets unbound: that resets whatever still lives.
/// </summary>
internal sealed class ShutdownPhases(
    ServerActors actors, ShutdownSettings settings, ServerConsole console, ILogger<ShutdownPhases> log)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Adds the steps to the phases of <paramref name="shutdown"/>.</summary>
    public void AddTo(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "drain-listeners", DrainAsync);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "await-connections", AwaitConnectionsAsync);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "unbind-listeners", UnbindAsync);
    }

    private async Task<Done> DrainAsync()
    {
        // First the order, then the words: what is told of a listener's connections was true when they were told to
        // finish.
        var counts = actors.Listeners.Select(CountAsync).ToArray();
        foreach (var listener in actors.Listeners) listener.Actor.Tell(Drain.Instance);
        var open = (await Task.WhenAll(counts)).Sum();
        if (open > 0)
            console.Say(string.Create(CultureInfo.InvariantCulture,
                $"Draining {open} {(open == 1 ? "connection" : "connections")}, at most {settings.DrainTimeout.TotalSeconds:0.#} s; "
                + $"press Ctrl-C again to stop now."));
        return Done.Instance;
    }

    private async Task<Done> AwaitConnectionsAsync()
    {
        try
        {
            await Task.WhenAll(actors.Listeners.Select(
                listener => listener.Actor.Ask<ListenerEmpty>(new WhenEmpty(), settings.DrainTimeout)));
        }
        catch (AskTimeoutException)
        {
            var open = (await Task.WhenAll(actors.Listeners.Select(CountAsync))).Sum();
            log.LogWarning("{Connections} connections did not finish within {DrainTimeout}; they are cut off", open, settings.DrainTimeout);
        }

        foreach (var step in actors.StopSteps)
        {
            log.LogDebug("Stopping {Step}", step.Name);
            await step.RunAsync();
        }

        return Done.Instance;
    }

    private static async Task<int> CountAsync(ServerListener listener)
    {
        try
        {
            return (await listener.Actor.Ask<ConnectionCount>(new CountConnections(), AnswerTimeout)).Live;
        }
        catch (AskTimeoutException)
        {
            // Only words depend on the number: stopping goes on without it.
            return 0;
        }
    }

    private async Task<Done> UnbindAsync()
    {
        await Task.WhenAll(actors.Listeners.Select(
            listener => listener.Actor.Ask<ListenerStopped>(new StopListening(), AnswerTimeout)));
        return Done.Instance;
    }
}
