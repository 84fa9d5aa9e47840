using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// What the server refused, ended or got wrong. Derives from <see cref="IOException"/> because the streams of a channel
/// throw it too.
/// </summary>
/// <param name="code">What the server said, or null when it said nothing.</param>
/// <param name="message">What happened, to what.</param>
/// <param name="inner">What it was noticed by.</param>
public class ActorNetException(ErrorCode? code, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The server's code, or null when the server gave none.</summary>
    public ErrorCode? Code { get; } = code;
}
