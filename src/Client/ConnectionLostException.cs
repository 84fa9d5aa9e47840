using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// The connection ended while it was in use. Everything pending on it ends with this exception; how far it got is
/// unknown.
/// </summary>
public sealed class ConnectionLostException(ErrorCode? code, string message, Exception? inner = null)
    : ActorNetException(code, message, inner);
