using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// What the command line ends with.
/// <code>
///     0   done
///     1   the operation failed; the message says why
///     2   the command line is not right
///     3   cannot connect
///     4   not logged in, or not allowed
///     5   the connection was lost on the way
///     6   not certain that it is the right server: its certificate is new, or not the known one, or known_hosts cannot be
///         used; nothing was sent, and trying again does not help
///   124   exec: the command was killed at its time limit
///   130   interrupted (Ctrl-C)
///   141   whoever read the output went away
///   143   terminated (SIGTERM)
/// </code>
/// <c>exec</c> ends with the remote command's own code, or 128 + n when signal n ended it; a failure of the client
/// itself then still shows as a line on stderr that begins with <c>actornet:</c>.
/// </summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The operation failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not right.</summary>
    public const int Usage = 2;

    /// <summary>Cannot connect.</summary>
    public const int CannotConnect = 3;

    /// <summary>Not logged in, or not allowed.</summary>
    public const int NotAllowed = 4;

    /// <summary>The connection was lost on the way.</summary>
    public const int ConnectionLost = 5;

    /// <summary>Not certain that it is the right server.</summary>
    public const int WrongServer = 6;

    /// <summary>exec: the command was killed at its time limit, as timeout(1) has it.</summary>
    public const int TimedOut = 124;

    /// <summary>What a shell adds to the number of a signal.</summary>
    public const int Signal = 128;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = Signal + 2;

    /// <summary>Whoever read the output went away; what SIGPIPE would have given.</summary>
    public const int BrokenPipe = Signal + 13;

    /// <summary>Terminated.</summary>
    public const int Terminated = Signal + 15;

    /// <summary>The code of a failure.</summary>
    public static int Of(Exception failure) => failure switch
    {
        ActorNetException { Code: ErrorCode.Unauthenticated or ErrorCode.Forbidden } => NotAllowed,
        LoginFailedException or ProfileException or ServiceNotOfferedException => NotAllowed,
        ServerIdentityException => WrongServer,
        ConnectFailedException => CannotConnect,
        ConnectionLostException => ConnectionLost,
        _ => Failed,
    };
}
