namespace ActorNet.Protocol;

/// <summary>Bytes that break the protocol. <see cref="Exception.Message"/> names the number, the limit and where it is set.</summary>
public sealed class ProtocolViolationException(ErrorCode code, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>The code that is sent to the peer.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>A violation of the framing itself.</summary>
    public ProtocolViolationException(string detail) : this(ErrorCode.ProtocolViolation, detail)
    {
    }
}
