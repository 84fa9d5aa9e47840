using System.Runtime.InteropServices;
using ActorNet.Protocol.Files;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files.Native;

/// <summary>What the file system says of an entry, the entry itself and never what a link points to.</summary>
/// <param name="Type">The type bits of its mode.</param>
/// <param name="Permissions">The other bits of its mode.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">When it was last written, UTC.</param>
/// <param name="Device">The file system it lies on.</param>
internal sealed record FileStatus(uint Type, uint Permissions, long Size, DateTimeOffset Modified, ulong Device)
{
    private const uint RegularType = 0x8000;
    private const uint FolderType = 0x4000;
    private const uint LinkType = 0xA000;
    private const int EmptyPath = 0x1000;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7FF;

    internal bool IsRegular => Type == RegularType;

    internal bool IsFolder => Type == FolderType;

    internal bool IsLink => Type == LinkType;

    internal EntryKind Kind => IsRegular ? EntryKind.File : IsFolder ? EntryKind.Folder : EntryKind.Other;

    /// <summary>The status of what is open.</summary>
    internal static FileStatus? Of(SafeFileHandle handle) => Read(handle, "", EmptyPath);

    /// <summary>The status of an entry of a folder; null if there is none (see <see cref="LibC.LastError"/>).</summary>
    internal static FileStatus? Of(SafeFileHandle folder, string name) => Read(folder, name, NoFollow);

    private static FileStatus? Read(SafeFileHandle handle, string path, int flags)
    {
        if (LibC.Statx(handle, path, flags, BasicStats, out var s) != 0) return null;
        return new FileStatus(
            s.Mode & 0xF000u, s.Mode & 0xFFFu, (long)s.Size, Time(s.ModifiedSeconds, s.ModifiedNanoseconds),
            ((ulong)s.DeviceMajor << 32) | s.DeviceMinor);
    }

    // A file system may hold any 64-bit time; what .NET cannot say becomes the nearest it can.
    private static DateTimeOffset Time(long seconds, uint nanoseconds)
    {
        var lowest = DateTimeOffset.MinValue.ToUnixTimeSeconds();
        var highest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, lowest, highest)).AddTicks(nanoseconds / 100);
    }
}

/// <summary>
/// <c>struct statx</c> of statx(2): one layout on every architecture, unlike <c>struct stat</c>. Only the fields in
/// use.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    [FieldOffset(28)] internal ushort Mode;
    [FieldOffset(40)] internal ulong Size;
    [FieldOffset(112)] internal long ModifiedSeconds;
    [FieldOffset(120)] internal uint ModifiedNanoseconds;
    [FieldOffset(136)] internal uint DeviceMajor;
    [FieldOffset(140)] internal uint DeviceMinor;
}
