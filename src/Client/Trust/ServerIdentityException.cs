namespace ActorNet.Client.Trust;

/// <summary>
/// It is not certain that the server is the right one: its certificate is not the one known for it, or what is known
/// cannot be read or kept. Nothing was sent to it. Trying again does not help.
/// </summary>
/// <param name="message">What happened, to what, what to do.</param>
/// <param name="inner">What it was noticed by.</param>
public class ServerIdentityException(string message, Exception? inner = null) : ActorNetException(null, message, inner);

/// <summary>
/// The first contact with a server: nothing is known of it, and <see cref="ClientOptions.Fingerprint"/> said nothing.
/// Whoever compares <see cref="Fingerprint"/> with the one that the server prints at its start may connect again with it.
/// </summary>
public sealed class UnknownServerException(string server, Fingerprint fingerprint) : ServerIdentityException(
    $"{server} is not known yet and shows the certificate {fingerprint}; compare it with the fingerprint that actorserver "
    + $"prints at its start, and if they are the same connect once with --fingerprint {fingerprint}")
{
    /// <summary>The server, <c>host:port</c>.</summary>
    public string Server { get; } = server;

    /// <summary>Of the certificate it showed.</summary>
    public Fingerprint Fingerprint { get; } = fingerprint;
}
