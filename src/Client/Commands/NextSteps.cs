using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Protocol;

namespace ActorNet.Client.Commands;

/// <summary>What to do about an error, for whoever has just got it.</summary>
internal static class NextSteps
{
    public static string? For(Exception e) => e switch
    {
        // their messages say already
        ProfileException or ServerIdentityException or StaleLoginException => null,
        LoginFailedException { Code: ErrorCode.Unauthenticated } =>
            "wrong account, password or key: check --account, or run actornet login again",
        LoginFailedException { Code: not null } => "ask whoever runs the server",
        LoginFailedException => "check --server, and whether login and profile are of that server",
        ConnectFailedException { Code: ErrorCode.RateLimited } when SaysWhen(e) => null,
        ConnectFailedException { Code: ErrorCode.TooMany or ErrorCode.RateLimited or ErrorCode.Unavailable } =>
            "try again in a moment",
        ConnectFailedException { InnerException: IOException } => "try again in some minutes, or check --server (tls:// or tcp://)",
        ConnectFailedException => "is the server running, and is --server right (tls:// or tcp://)?",
        ConnectionLostException { Code: ErrorCode.ProtocolViolation } =>
            "client and server do not match: update the older one",
        ConnectionLostException { Code: ErrorCode.Forbidden } => "ask whoever runs the server",
        ConnectionLostException => "run the command again",
        ServiceNotOfferedException => Of(ErrorCode.Forbidden),
        ActorNetException { Code: { } code } => Of(code),
        _ => null,
    };

    private static bool SaysWhen(Exception e) => e.Message.Contains("try again", StringComparison.Ordinal);

    private static string? Of(ErrorCode code) => code switch
    {
        ErrorCode.Forbidden => "ask whoever runs the server for the right; actornet whoami shows yours",
        ErrorCode.NotFound => "check the name",
        ErrorCode.TooLarge => "the server's configuration has the limit",
        ErrorCode.TooMany or ErrorCode.RateLimited or ErrorCode.Unavailable or ErrorCode.Timeout =>
            "try again in a moment",
        ErrorCode.Conflict => "try again",
        ErrorCode.SlowConsumer => "run the command again and read faster",
        ErrorCode.Internal => "the server's log says more",
        _ => null,
    };
}
