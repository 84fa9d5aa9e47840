using ActorNet.Protocol.Channels;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>A service as the connection sees it: a name that OPEN may ask for, who may use it, and how to make the actor of one channel.</summary>
/// <param name="Name">The name in OPEN.</param>
/// <param name="Window">The channel's window for what the client sends.</param>
/// <param name="ChannelProps">Props of a <see cref="ChannelActor"/>; called for every OPEN that passed the route table. Must not throw and not block.</param>
public sealed record ServiceDefinition(string Name, ChannelWindow Window, Func<ChannelContext, Props> ChannelProps)
{
    /// <summary>Who may use it.</summary>
    public ServiceAccess Access { get; init; } = ServiceAccess.Nobody;

    /// <summary>Props of the actor of one channel, which knows who may use the service.</summary>
    public Props CreateChannel(ChannelContext context) => ChannelProps(context with { Access = Access });
}

/// <summary>What a channel actor is told at its birth.</summary>
/// <param name="Id">The channel's number.</param>
/// <param name="Framing">Where frames go; only <see cref="ChannelActor"/> talks to it.</param>
/// <param name="Account">Who is logged in.</param>
/// <param name="ConnectionId">Unique over all runs of the node: <c>b3f1c2d4/native/conn-17</c>.</param>
/// <param name="Open">The client's OPEN, with the parameters of the service.</param>
/// <param name="Window">The service's window for what the client sends.</param>
/// <param name="Settings">Limits of every channel.</param>
public sealed record ChannelContext(
    uint Id, IActorRef Framing, string Account, string ConnectionId, OpenChannel Open, ChannelWindow Window, ChannelSettings Settings)
{
    /// <summary>Who may use the service.</summary>
    public ServiceAccess Access { get; init; } = ServiceAccess.Nobody;

    /// <summary>What the account may do, when the channel is opened.</summary>
    public Rights Rights { get; init; } = Rights.None;

    /// <summary>The login that holds; null only where a test has none.</summary>
    public Session? Session { get; init; }

    /// <summary>What protects the connection's bytes, for people.</summary>
    public string Protection { get; init; } = "";

    /// <summary>The peer's address, for the audit.</summary>
    public string Remote { get; init; } = "";

    /// <summary>The AuditActor.</summary>
    public IActorRef Audit { get; init; } = ActorRefs.Nobody;

    /// <summary>Where the records of the channel go.</summary>
    public AuditTrail Trail => new(Audit, ConnectionId, Id, Account, Remote);
}
