using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files.Native;

/// <summary>
/// Names in an open folder, through getdents64: <c>u64 inode | i64 offset | u16 record length | u8 type | name,
/// NUL</c>, host byte order.
/// </summary>
internal static unsafe class FolderReader
{
    private const int NameOffset = 19;
    private const int LengthOffset = 16;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly nint GetEntriesNumber =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 217 : 61;

    /// <summary>
    /// Hands every name except <c>.</c> and <c>..</c> to <paramref name="take"/>, until it returns false.
    /// </summary>
    /// <returns>0, or the error number.</returns>
    internal static int Read(SafeFileHandle folder, Func<FolderName, bool> take)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            nint filled;
            fixed (byte* p = buffer) filled = LibC.GetEntries(GetEntriesNumber, folder, p, buffer.Length);
            if (filled < 0) return LibC.LastError;
            if (filled == 0) return 0;
            for (var rest = buffer.AsSpan(0, (int)filled); !rest.IsEmpty;)
            {
                var length = BitConverter.ToUInt16(rest[LengthOffset..]);
                var name = rest[NameOffset..length];
                name = name[..name.IndexOf((byte)0)];
                rest = rest[length..];
                if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8)) continue;
                if (!take(Decode(name))) return 0;
            }
        }
    }

    private static FolderName Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var name = Strict.GetString(bytes);
            return FilePath.IsName(name) ? new FolderName(name, true) : new FolderName(FilePath.Shown(name), false);
        }
        catch (DecoderFallbackException)
        {
            return new FolderName(FilePath.Shown(Encoding.UTF8.GetString(bytes)), false);
        }
    }
}

/// <summary>A name found in a folder.</summary>
/// <param name="Name">The name; if no path can lead to it, what stands for it in a list.</param>
/// <param name="IsReachable">Whether a path can lead to it.</param>
internal readonly record struct FolderName(string Name, bool IsReachable);
