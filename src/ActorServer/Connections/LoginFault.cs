using ActorNet.Protocol;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Connections;

/// <summary>What the end of a connection before its login says of where it came from.</summary>
internal static class LoginFault
{
    /// <summary>What counts against the source; null: nothing does.</summary>
    /// <param name="code">The code of the end.</param>
    /// <param name="hasTried">Whether an AUTH came.</param>
    public static Fault? Of(ErrorCode? code, bool hasTried) => code switch
    {
        null => hasTried ? Fault.FailedLogin : Fault.NoLogin,
        // Without an AUTH, it is the answer to a frame that takes a login.
        ErrorCode.Unauthenticated when !hasTried => Fault.Violation,
        ErrorCode.Unauthenticated or ErrorCode.RateLimited => Fault.FailedLogin,
        ErrorCode.Timeout => Fault.LoginTimeout,
        // Of this node's own making, or an administrator's.
        ErrorCode.Unavailable or ErrorCode.Internal or ErrorCode.Forbidden => null,
        _ => Fault.Violation,
    };
}
