namespace ActorNet.Server.Listening;

/// <summary>What a connection did that counts against its source.</summary>
public enum Fault
{
    /// <summary>A login failed: a wrong password or key, an unknown account.</summary>
    FailedLogin,

    /// <summary>It left, or was closed, without having tried to log in.</summary>
    NoLogin,

    /// <summary>It did not log in within the time.</summary>
    LoginTimeout,

    /// <summary>It broke the protocol before it was logged in.</summary>
    Violation,
}

/// <summary>Connection to listener: count this against the source. At most one of a connection, before it ends.</summary>
public sealed record ConnectionFault(Fault Fault);
