using System.Net.Security;

namespace ActorNet.Protocol.Auth;

/// <summary>The end of this side of a TLS session: close_notify (RFC 8446, section 6.1).</summary>
public static class TlsGoodbye
{
    /// <summary>Says it.</summary>
    /// <exception cref="IOException">
    /// It cannot be said, as the session has broken. <see cref="SslStream"/> lets exceptions of the library below it through, which have no
    /// public type.
    /// </exception>
    public static async Task SayAsync(SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            await stream.ShutdownAsync();
        }
        catch (Exception e) when (e is not (IOException or ObjectDisposedException or InvalidOperationException))
        {
            throw new IOException($"The TLS session has broken: {e.Message}", e);
        }
    }
}
