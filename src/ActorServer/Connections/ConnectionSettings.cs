using ActorNet.Server.Settings;

namespace ActorNet.Server.Connections;

/// <summary>Limits of every connection: <c>actornet.connections</c>. Sizes in bytes.</summary>
/// <param name="LoginTimeout">From accept to the end of the login.</param>
/// <param name="LoginBytes">What may be received before the login.</param>
/// <param name="LoginFrames">How many frames may be received before the login.</param>
/// <param name="PingInterval">Silence after which the server asks whether the peer is there.</param>
/// <param name="IdleTimeout">Silence after which the connection is closed.</param>
/// <param name="WriteTimeout">How long one write, of 256 KiB and a frame at most, may take.</param>
/// <param name="CloseTimeout">How long the peer may take to close after this side has; then it is left to the kernel.</param>
/// <param name="RevokeTimeout">How long a peer whose session was ended has to see why and close, before it is reset.</param>
/// <param name="HalfCloseLinger">How long what is in progress may take after the peer has closed its side.</param>
/// <param name="OutboundHigh">What may wait for the socket before nothing more is read from it.</param>
public sealed record ConnectionSettings(
    TimeSpan LoginTimeout,
    int LoginBytes,
    int LoginFrames,
    TimeSpan PingInterval,
    TimeSpan IdleTimeout,
    TimeSpan WriteTimeout,
    TimeSpan CloseTimeout,
    TimeSpan RevokeTimeout,
    TimeSpan HalfCloseLinger,
    int OutboundHigh)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Reads <c>actornet.connections</c>.</summary>
    public static ConnectionSettings From(SettingsReader settings)
    {
        var read = new ConnectionSettings(
            settings.Duration("login-timeout", Second, TimeSpan.FromMinutes(10)),
            settings.IntBytes("login-bytes", 1024, 1024 * 1024),
            settings.Number("login-frames", 4, 10_000),
            settings.Duration("ping-interval", Second, Day),
            settings.Duration("idle-timeout", 2 * Second, Day),
            settings.Duration("write-timeout", Second, Day),
            settings.Duration("close-timeout", Second, TimeSpan.FromMinutes(10)),
            settings.Duration("revoke-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            settings.Duration("half-close-linger", Second, Day),
            settings.IntBytes("outbound-high", 16 * 1024, 64 * 1024 * 1024));
        if (read.IdleTimeout < 2 * read.PingInterval)
            settings.Fail("idle-timeout", "is less than twice ping-interval; a live peer would have one chance to answer, or none.");
        return read;
    }
}
