using ActorNet.Protocol;

namespace ActorNet.Server.Listening;

/// <summary>Why a connection was not taken.</summary>
/// <param name="Code">What the peer is told.</param>
/// <param name="Reason">What stood against it, one word of a closed list, for metrics and the log: mostly the name of the setting.</param>
/// <param name="Message">The sentence for the peer and the log.</param>
public sealed record Refusal(ErrorCode Code, string Reason, string Message)
{
    /// <summary>The node takes nobody any more.</summary>
    public static readonly Refusal Stopping = new(ErrorCode.Unavailable, "stopping", "the node is stopping; connect again later");

    /// <summary>The address is not for this listener. Never told to the peer: it is closed without a word.</summary>
    public static readonly Refusal NotAllowed =
        new(ErrorCode.Forbidden, "not-allowed", "this listener does not serve the address (allow and deny of the listener)");
}
