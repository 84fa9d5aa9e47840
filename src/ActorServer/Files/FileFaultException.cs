using ActorNet.Protocol;

namespace ActorNet.Server.Files;

/// <summary>
/// A file operation that cannot be done, with the answer for the client. The text names paths as the client wrote them,
/// never where they lie on the node.
/// </summary>
public sealed class FileFaultException(ErrorCode code, string detail) : Exception(detail)
{
    /// <summary>The code of the answer.</summary>
    public ErrorCode Code { get; } = code;
}
