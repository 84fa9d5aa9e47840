using ActorNet.Server.Settings;

namespace ActorNet.Server.Connections;

/// <summary>How many bytes a client may have sent to a channel that its service has not dealt with yet.</summary>
/// <param name="Initial">At the start, in bytes.</param>
/// <param name="Maximum">What it may grow to while the service keeps up, in bytes.</param>
public sealed record ChannelWindow(int Initial, int Maximum)
{
    private const int Smallest = 4 * 1024;
    private const int Largest = 64 * 1024 * 1024;

    /// <summary>Reads <c>window</c> and <c>window-max</c> of a service's section.</summary>
    public static ChannelWindow From(SettingsReader settings)
    {
        var initial = settings.IntBytes("window", Smallest, Largest);
        return new ChannelWindow(initial, settings.IntBytes("window-max", initial, Largest));
    }
}
