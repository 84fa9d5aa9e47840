using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// The login did not succeed: the server did not believe the client, or could not prove that it knows the account's
/// key.
/// </summary>
public class LoginFailedException(ErrorCode? code, string message, Exception? inner = null)
    : ActorNetException(code, message, inner);

/// <summary>
/// What was kept of an earlier login by password fits the account no more: the password was changed, or the account is
/// gone. The password itself may still be right.
/// </summary>
public sealed class StaleLoginException(string message) : LoginFailedException(null, message);
