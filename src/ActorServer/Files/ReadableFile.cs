using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Server.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files;

/// <summary>
/// A file being sent: as many bytes as it had when it was opened, in order, and their SHA-256. Not thread-safe.
/// </summary>
public sealed class ReadableFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly FilePath _path;
    private readonly FileStatus _opened;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    internal ReadableFile(SafeFileHandle handle, FilePath path, FileStatus opened) =>
        (_handle, _path, _opened) = (handle, path, opened);

    /// <summary>Bytes it had when it was opened.</summary>
    public long Size => _opened.Size;

    /// <summary>When it had been written last, UTC.</summary>
    public DateTimeOffset Modified => _opened.Modified;

    /// <summary>Bytes not read yet.</summary>
    public long Remaining => Size - _position;

    /// <summary>Reads the next piece into an array of its own; at least one byte, if any remains.</summary>
    /// <exception cref="FileFaultException">It was cut short, or the disk failed.</exception>
    public byte[] Read(int atMost)
    {
        var chunk = GC.AllocateUninitializedArray<byte>((int)Math.Min(atMost, Remaining));
        for (var filled = 0; filled < chunk.Length;)
        {
            var read = ReadAt(chunk.AsSpan(filled), _position + filled);
            if (read == 0) throw Changed();
            filled += read;
        }

        _hash.AppendData(chunk);
        _position += chunk.Length;
        return chunk;
    }

    /// <summary>
    /// The SHA-256 of all that was read, as hex. Bytes appended since the opening are none of this transfer; any other
    /// change is.
    /// </summary>
    /// <exception cref="FileFaultException">
    /// <see cref="ErrorCode.Conflict"/>: the file was cut short or rewritten meanwhile.
    /// </exception>
    public string Finish()
    {
        var now = FileStatus.Of(_handle) ?? throw Errno.Fault(LibC.LastError, _path);
        if (now.Size < _opened.Size || (now.Size == _opened.Size && now.Modified != _opened.Modified)) throw Changed();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _handle.Dispose();
        _hash.Dispose();
    }

    private unsafe int ReadAt(Span<byte> target, long offset)
    {
        while (true)
        {
            nint read;
            fixed (byte* p = target) read = LibC.Read(_handle, p, target.Length, offset);
            if (read >= 0) return (int)read;
            if (LibC.LastError != Errno.Interrupted) throw Errno.Fault(LibC.LastError, _path);
        }
    }

    private FileFaultException Changed() =>
        new(ErrorCode.Conflict, $"'{_path}' was changed while it was being sent; get it again.");
}
