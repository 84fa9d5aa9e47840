using System.Text.Json.Serialization;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Exec;

/// <summary>MESSAGE of the server in an exec channel.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CommandEnded), "ended")]
public abstract record ExecEvent;

/// <summary>
/// <c>{"type":"ended","reason":"exited","exit_code":7,"duration_ms":12}</c> or
/// <c>{"type":"ended","reason":"signalled","signal":"SEGV","duration_ms":12}</c>: exactly once, after the last byte of output.
/// </summary>
/// <param name="Reason">What ended the command.</param>
/// <param name="DurationMs">From its start, in milliseconds.</param>
/// <param name="ExitCode">When it ended by itself.</param>
/// <param name="Signal">When a signal ended it: the name without SIG.</param>
public sealed record CommandEnded(ExecEndReason Reason, long DurationMs, int? ExitCode = null, string? Signal = null) : ExecEvent;

/// <summary>What ended a command; on the wire in lower case.</summary>
[JsonConverter(typeof(ExecEndReasonConverter))]
public enum ExecEndReason
{
    /// <summary>It returned an exit code.</summary>
    Exited,

    /// <summary>A signal ended it that the node did not send on its own account.</summary>
    Signalled,

    /// <summary>The node killed it at its time limit.</summary>
    Timeout,

    /// <summary>The node killed it because it is stopping.</summary>
    Stopped,
}

internal sealed class ExecEndReasonConverter : WireNameConverter<ExecEndReason>;
