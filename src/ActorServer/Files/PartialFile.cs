using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Server.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files;

/// <summary>Takes disk space for a file that is about to be written; returns 0 or the error number.</summary>
public delegate int SpaceReserve(SafeFileHandle file, long size);

/// <summary>
/// A file being received. Its bytes lie in the root's own folder of partials, where no path leads, until they are
/// whole, verified and on the disk; then one rename puts them in the place of the target. So at every moment, killed or
/// not, the name stands for the old file or for the new one. A named file rather than O_TMPFILE: a nameless one cannot
/// replace a target (linkat refuses), and could not be resumed. Not thread-safe.
/// </summary>
public sealed class PartialFile : IDisposable
{
    private const int KeepSize = 1;
    private const uint NewFileMode = 0x1B6; // 0666 less the node's umask; the folder of partials itself is 0700
    private readonly FileRoot _root;
    private readonly FilePath _target;
    private readonly string _name;
    private readonly SafeFileHandle _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _size;
    private long _position;
    private bool _named = true;

    private PartialFile(FileRoot root, FilePath target, string name, SafeFileHandle file, long size) =>
        (_root, _target, _name, _file, _size) = (root, target, name, file, size);

    internal static PartialFile Create(FileRoot root, FilePath target, long size, SpaceReserve reserve)
    {
        var name = $"{Guid.NewGuid():N}.part";
        const int flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.CloseOnExec;
        var handle = LibC.OpenAt(root.Partials, name, flags | OpenFlags.NoFollow, NewFileMode);
        if (handle < 0) throw Errno.Fault(LibC.LastError, target);
        var partial = new PartialFile(root, target, name, new SafeFileHandle(handle, ownsHandle: true), size);
        var errno = size == 0 ? 0 : reserve(partial._file, size);
        if (errno == 0) return partial;
        partial.Dispose();
        throw Errno.Fault(errno, target);
    }

    /// <summary>
    /// Reserves by fallocate: so that two uploads are never promised the same space. Where the file system cannot,
    /// nothing is reserved.
    /// </summary>
    public static int Allocate(SafeFileHandle file, long size)
    {
        while (LibC.Allocate(file, KeepSize, 0, size) != 0)
        {
            var errno = LibC.LastError;
            if (errno is Errno.NotSupported or Errno.NotImplemented) return 0;
            if (errno != Errno.Interrupted) return errno;
        }

        return 0;
    }

    /// <summary>Appends bytes.</summary>
    /// <exception cref="FileFaultException">More than announced, or the disk is full or failed.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_position + bytes.Length > _size)
            throw new FileFaultException(
                ErrorCode.TooLarge, $"More bytes came for '{_target}' than the {_size} that were announced.");
        _hash.AppendData(bytes);
        while (!bytes.IsEmpty)
        {
            var written = WriteAt(bytes, _position);
            _position += written;
            bytes = bytes[written..];
        }
    }

    /// <summary>Verifies, brings to the disk and puts in the target's place. Returns the SHA-256 as hex.</summary>
    /// <exception cref="FileFaultException">
    /// It is not what was announced, or cannot take the target's place; the target is as it was, unless the text says
    /// otherwise.
    /// </exception>
    public string Commit(string sha256)
    {
        var actual = Verify(sha256);
        SyncBytes();
        using var folder = Publish();
        SyncFolder(folder);
        return actual;
    }

    internal string Verify(string sha256)
    {
        if (_position != _size)
            throw new FileFaultException(
                ErrorCode.Conflict, $"{_position} bytes came for '{_target}', and {_size} were announced.");
        var actual = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (!string.Equals(actual, sha256, StringComparison.OrdinalIgnoreCase))
            throw new FileFaultException(
                ErrorCode.Conflict, $"The SHA-256 of what came for '{_target}' is {actual}, not that of the commit.");
        return actual;
    }

    internal void SyncBytes()
    {
        if (LibC.Sync(_file) != 0) throw Errno.Fault(LibC.LastError, _target);
    }

    // The path is resolved anew: what counts is what the name means now, not when the upload began.
    internal SafeFileHandle Publish()
    {
        var folder = _root.OpenTargetFolder(_target, out var replaced);
        if (replaced is not null) _ = LibC.ChangeMode(_file, replaced.Permissions & 0x1FF);
        if (LibC.Rename(_root.Partials, _name, folder, _target.Name) == 0)
        {
            _named = false;
            return folder;
        }

        var fault = Errno.Fault(LibC.LastError, _target);
        folder.Dispose();
        throw fault;
    }

    internal void SyncFolder(SafeFileHandle folder)
    {
        if (LibC.Sync(folder) != 0)
            throw new FileFaultException(
                ErrorCode.Unavailable, $"'{_target}' is stored, but the disk did not confirm it (error {LibC.LastError}).");
    }

    /// <summary>Closes it, and removes it unless it took the target's place.</summary>
    public void Dispose()
    {
        if (_named && !_root.Partials.IsClosed) _ = LibC.Unlink(_root.Partials, _name, 0);
        _named = false;
        _file.Dispose();
        _hash.Dispose();
    }

    private unsafe int WriteAt(ReadOnlySpan<byte> bytes, long offset)
    {
        while (true)
        {
            nint written;
            fixed (byte* p = bytes) written = LibC.Write(_file, p, bytes.Length, offset);
            if (written > 0) return (int)written;
            if (written < 0 && LibC.LastError != Errno.Interrupted) throw Errno.Fault(LibC.LastError, _target);
        }
    }
}
