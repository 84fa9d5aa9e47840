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
}
