namespace ActorNet.Client.Channels;

/// <summary>Windows and buffers of a kind of channel, in bytes.</summary>
/// <param name="Initial">Window granted in OPEN.</param>
/// <param name="Maximum">What it grows to while the reader keeps up.</param>
/// <param name="Segment">Size of the pieces received bytes are kept in.</param>
internal sealed record ChannelSizes(int Initial, int Maximum, int Segment)
{
    private const int KiB = 1024;

    /// <summary>
    /// Messages, which are never cut: one of up to half of this always gets through, and no frame is larger.
    /// </summary>
    public static readonly ChannelSizes Messages = new(512 * KiB, 512 * KiB, 4 * KiB);

    /// <summary>Streams that may be small or large.</summary>
    public static readonly ChannelSizes Stream = new(1024 * KiB, 8 * 1024 * KiB, 16 * KiB);

    /// <summary>Whole files: pieces large enough that a write to the disk pays.</summary>
    public static readonly ChannelSizes File = new(1024 * KiB, 8 * 1024 * KiB, 128 * KiB);
}
