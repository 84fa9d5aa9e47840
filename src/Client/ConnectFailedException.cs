using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// There is no connection: nobody listens, the server turned it away, the time was over, or it is another kind of
/// server.
/// </summary>
public sealed class ConnectFailedException(ErrorCode? code, string message, Exception? inner = null)
    : ActorNetException(code, message, inner);
