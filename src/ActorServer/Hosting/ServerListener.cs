using Akka.Actor;

namespace ActorNet.Server.Hosting;

/// <summary>A listener as the host sees it: started, drained and stopped by name.</summary>
/// <param name="Name">Its section below <c>actornet.listeners</c>.</param>
/// <param name="Address">Where it is to listen, as configured.</param>
/// <param name="Actor">Who answers to the messages of <see cref="Listening"/>.</param>
public sealed record ServerListener(string Name, string Address, IActorRef Actor);
