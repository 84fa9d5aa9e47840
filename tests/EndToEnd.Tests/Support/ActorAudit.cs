using ActorNet.Server.Chat;
using ActorNet.Server.Exec;
using ActorNet.Server.Files;
using ActorNet.Server.Hosting;
using Akka.Actor;
using Akka.Hosting;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>Whether actors that live for one client, job, transfer or room are gone.</summary>
internal static class ActorAudit
{
    /// <summary>Waits for the ends of all that are there; the paths of those that have not ended in time.</summary>
    public static async Task<IReadOnlyList<string>> SurvivorsAsync(
        ActorSystem system, TimeSpan patience, IActorRegistry actors)
    {
        IActorRef[] owners =
        [
            .. Children(actors.Get<ListenersActor>()), actors.Get<ChatActor>(), actors.Get<ExecActor>(),
            actors.Get<FileActor>(),
        ];
        return await SurvivorsOfAsync(system, patience, owners);
    }

    /// <summary>The same of the children of some actors.</summary>
    public static async Task<IReadOnlyList<string>> SurvivorsOfAsync(
        ActorSystem system, TimeSpan patience, params IReadOnlyList<IActorRef> owners)
    {
        // What was sent to them by those that are gone now comes before this.
        await Task.WhenAll(owners.Select(owner => owner.Ask<ActorIdentity>(new Identify(null), patience)));
        var ended = await Task.WhenAll(
            owners.SelectMany(Children).Select(actor => SurvivorAsync(system, actor, patience)));
        return [.. ended.OfType<IActorRef>().Select(actor => actor.Path.ToStringWithoutAddress())];
    }

    // The certificate of a listener lives as long as it.
    private static IEnumerable<IActorRef> Children(IActorRef actor) =>
        ((ActorRefWithCell)actor).Children.Where(child => child.Path.Name != "certificate");

    private static async Task<IActorRef?> SurvivorAsync(ActorSystem system, IActorRef actor, TimeSpan patience)
    {
        using var inbox = Inbox.Create(system);
        inbox.Watch(actor);
        return await inbox.ReceiveAsync(patience) is Terminated ? null : actor;
    }
}
