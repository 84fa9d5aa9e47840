using System.Collections.Frozen;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>What all connections share.</summary>
/// <param name="Node">The node's name, told after the login.</param>
/// <param name="Settings">Limits of a connection.</param>
/// <param name="Channels">Limits of a channel.</param>
/// <param name="Services">What OPEN may ask for, by name.</param>
/// <param name="Accounts">The AccountsActor.</param>
/// <param name="Metrics">Where things are counted.</param>
public sealed record ConnectionContext(
    string Node,
    ConnectionSettings Settings,
    ChannelSettings Channels,
    FrozenDictionary<string, ServiceDefinition> Services,
    IActorRef Accounts,
    ServerMetrics Metrics)
{
    /// <summary>Ways to log in that the configuration offers, the strongest first.</summary>
    public required IReadOnlyList<string> Mechanisms { get; init; }

    /// <summary>This run of the node, 8 hex digits: makes the ids of connections unique over all runs.</summary>
    public required string Run { get; init; }

    /// <summary>The AuditActor.</summary>
    public required IActorRef Audit { get; init; }
}
