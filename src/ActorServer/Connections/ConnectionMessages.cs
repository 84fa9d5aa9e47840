using System.Collections.Immutable;
using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Access;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Connections;

// Between FramingActor (bytes), ConnectionActor (may it, and to whom) and the channel actors (services). One message carries what one
// read brought, never one frame. What may come just after its receiver has ended is no dead letter worth a line in the log.

/// <summary>Framing to connection: HELLO, AUTH, OPEN and GOODBYE frames of one read, in their order.</summary>
public sealed record ConnectionFrames(ImmutableArray<Frame> Frames) : IDeadLetterSuppression;

/// <summary>
/// Connection to framing: the last <see cref="ConnectionFrames"/> are dealt with. Until then nothing more is read, so that a client that
/// asks faster than it is answered fills its own socket and not this node's memory.
/// </summary>
public sealed record ConnectionFramesHandled : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly ConnectionFramesHandled Instance = new();
}

/// <summary>Framing to channel: frames of one read for this channel, in their order.</summary>
public sealed record ChannelFrames(ImmutableArray<Frame> Frames) : IDeadLetterSuppression;

/// <summary>Connection to framing: frames with this number go to <paramref name="Actor"/>, which is told <see cref="StartChannel"/>.</summary>
public sealed record RouteChannel(uint Channel, IActorRef Actor, ChannelWindow Window) : IDeadLetterSuppression;

/// <summary>Framing to channel: the route stands; say OPENED or REFUSED.</summary>
public sealed record StartChannel : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly StartChannel Instance = new();
}

/// <summary>Channel or connection to framing: send these frames, in this order.</summary>
/// <param name="Channel">The channel that sends; 0 for the connection.</param>
/// <param name="Frames">What to send; may be empty.</param>
/// <param name="Consumed">So many received bytes of the channel are dealt with and may be granted to the peer again.</param>
/// <param name="NotifyWhenFlushed">Answer <see cref="FramesFlushed"/> when the socket has taken all that was sent up to here.</param>
public sealed record SendFrames(uint Channel, ImmutableArray<Frame> Frames, int Consumed = 0, bool NotifyWhenFlushed = false) : IDeadLetterSuppression;

/// <summary>Framing to channel: the socket has taken everything up to the <see cref="SendFrames"/> that asked for this.</summary>
public sealed record FramesFlushed : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly FramesFlushed Instance = new();
}

/// <summary>Connection to framing: the actor of this channel is gone without having closed it; close it with <c>internal</c>.</summary>
public sealed record ChannelLost(uint Channel) : IDeadLetterSuppression;

/// <summary>Framing to connection: both sides have closed the channel, or it was refused; its number is free.</summary>
public sealed record ChannelEnded(uint Channel) : IDeadLetterSuppression;

/// <summary>Connection to framing: the login succeeded; the limits from before it no longer hold.</summary>
public sealed record LiftLoginLimits : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly LiftLoginLimits Instance = new();
}

/// <summary>Connection to framing: read nothing more, send what is queued and then <paramref name="Last"/>, and close.</summary>
/// <param name="Last">GOODBYE.</param>
/// <param name="IsRevoked">It was taken from the peer: it has <c>revoke-timeout</c> to see why, and is then reset, whatever it is still owed.</param>
public sealed record FinishConnection(Frame Last, bool IsRevoked = false) : IDeadLetterSuppression;

/// <summary>Framing to connection: the peer broke the protocol or a limit; the connection decides, that is, closes.</summary>
public sealed record PeerFailed(ErrorCode Code, string Detail) : IDeadLetterSuppression;

/// <summary>
/// Framing to connection, and to every channel after its EOF: the peer will send nothing more, of whatever kind.
/// </summary>
public sealed record PeerFinished : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly PeerFinished Instance = new();
}

/// <summary>Framing to connection: the transport is gone. The last message; framing stops after it.</summary>
/// <param name="Detail">What was seen of it, for the log.</param>
/// <param name="BytesIn">Bytes received in all.</param>
/// <param name="BytesOut">Bytes the socket took in all.</param>
public sealed record TransportClosed(string Detail, long BytesIn, long BytesOut) : IDeadLetterSuppression;

/// <summary>
/// Listener to connection, connection to channels: finish what is in progress and close; take nothing new. The node is stopping.
/// </summary>
public sealed record Drain : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly Drain Instance = new();
}

/// <summary>Connection to listener: the login succeeded, the connection is no longer one of the unknown.</summary>
public sealed record ConnectionAuthenticated(string Account);

/// <summary>Anybody to connection: how many channels are open? Answered by <see cref="ChannelCount"/> once somebody is logged in.</summary>
public sealed record CountChannels : IDeadLetterSuppression
{
    /// <summary>The only instance.</summary>
    public static readonly CountChannels Instance = new();
}

/// <summary>Connection: so many channels are open.</summary>
public sealed record ChannelCount(string ConnectionId, int Channels) : IDeadLetterSuppression;

/// <summary>
/// Accounts to connection, connection to channels: the account may do this from now on, and nothing else. A channel ends what it may no
/// longer do.
/// </summary>
/// <param name="Rights">What it may.</param>
/// <param name="Roles">The roles that gives it; null: as they were.</param>
public sealed record RightsChanged(Rights Rights, IReadOnlyList<string>? Roles = null) : IDeadLetterSuppression;
