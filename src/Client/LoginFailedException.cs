using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// The login did not succeed: the server did not believe the client, or could not prove that it knows the account's
/// key.
/// </summary>
public sealed class LoginFailedException(ErrorCode? code, string message, Exception? inner = null)
    : ActorNetException(code, message, inner);
