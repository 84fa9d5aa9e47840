using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ActorNet.Protocol;
using ActorNet.Server.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files;

/// <summary>
/// The folder clients see as <c>/</c>, held by its handle. Every path is resolved from that handle, component by
/// component, and no link is followed; what is opened is checked on its own handle. So nothing outside can be reached,
/// whatever is renamed or linked meanwhile. Thread-safe: nothing changes after <see cref="Open(string)"/>.
/// </summary>
public sealed class FileRoot : IDisposable
{
    private const int LockExclusiveNow = 2 | 4;
    private const uint OwnerOnly = 0x1C0; // 0700
    private readonly SafeFileHandle _root;
    private readonly Resolver _resolver;

    private FileRoot(SafeFileHandle root, SafeFileHandle partials, Resolver resolver) =>
        (_root, Partials, _resolver) = (root, partials, resolver);

    /// <summary>The folder of uploads that are not whole yet.</summary>
    internal SafeFileHandle Partials { get; }

    /// <summary>
    /// Opens the root, makes it if it is missing, and removes what a killed node left of unfinished uploads.
    /// </summary>
    /// <exception cref="IOException">
    /// It cannot be used, with the reason; for the log and the start of the node, not for clients.
    /// </exception>
    public static FileRoot Open(string folder) => Open(folder, null);

    /// <summary>The same with a resolver of choice.</summary>
    internal static FileRoot Open(string folder, Resolver? resolver)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("The files service needs Linux: it resolves paths on handles.");
        if (!Path.IsPathRooted(folder))
            throw new ArgumentException($"'{folder}' is not an absolute path.", nameof(folder));
        Make(folder);

        var root = Opened(LibC.Open(folder, OpenFlags.ReadOnly | OpenFlags.Folder | OpenFlags.CloseOnExec, 0), folder);
        SafeFileHandle? partials = null;
        try
        {
            if (LibC.MakeFolder(root, FilePath.PartialFolder, OwnerOnly) != 0 && LibC.LastError != Errno.Exists)
                throw Unusable(folder);
            var flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec | OpenFlags.Folder | OpenFlags.NoFollow;
            partials = Opened(LibC.OpenAt(root, FilePath.PartialFolder, flags, 0), folder);
            // The lock goes with the process: a killed node never keeps its successor out.
            if (LibC.Lock(partials, LockExclusiveNow) != 0)
                throw new IOException($"actornet.files.root {folder} is in use by another node.");
            RemoveStale(partials);
            return new FileRoot(root, partials, resolver ?? Resolver.For(root));
        }
        catch
        {
            partials?.Dispose();
            root.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileFaultException">It is not there, not a regular file, or not to be reached.</exception>
    public ReadableFile OpenFile(FilePath path)
    {
        var handle = _resolver.Open(_root, path, OpenFlags.ReadOnly);
        var status = FileStatus.Of(handle);
        if (status is { IsRegular: true }) return new ReadableFile(handle, path, status);
        handle.Dispose();
        throw status is null ? Errno.Fault(LibC.LastError, path) : NotRegular(path, status);
    }

    /// <summary>Starts an upload: reserves its space and checks that its target may be written.</summary>
    /// <exception cref="FileFaultException">
    /// The target cannot be a file, its folder is not there, or the disk is full.
    /// </exception>
    public PartialFile CreatePartial(FilePath target, long size, SpaceReserve? reserve = null)
    {
        using var folder = OpenTargetFolder(target, out _);
        if (FileStatus.Of(folder)?.Device != FileStatus.Of(Partials)?.Device)
            throw new FileFaultException(
                ErrorCode.Unavailable,
                $"The folder of '{target}' is on another file system than the root; nothing can be put there.");
        return PartialFile.Create(this, target, size, reserve ?? PartialFile.Allocate);
    }

    /// <summary>Reads the names of a folder.</summary>
    /// <exception cref="FileFaultException">
    /// It is not there, not a folder, not to be reached, or has more entries than allowed.
    /// </exception>
    public FolderListing OpenFolder(FilePath path, int maxEntries)
    {
        var handle = _resolver.Open(_root, path, OpenFlags.ReadOnly | OpenFlags.Folder);
        try
        {
            return FolderListing.Read(handle, path, maxEntries);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the folder of <paramref name="target"/> and looks whether a file may be put there under its name.
    /// </summary>
    /// <param name="target">The file.</param>
    /// <param name="replaced">The file that has the name now, if any.</param>
    /// <exception cref="FileFaultException">It may not.</exception>
    internal SafeFileHandle OpenTargetFolder(FilePath target, out FileStatus? replaced)
    {
        if (target.IsRoot) throw new FileFaultException(ErrorCode.Conflict, "'/' is a folder.");
        var folder = _resolver.Open(_root, target.Folder, OpenFlags.ReadOnly | OpenFlags.Folder);
        replaced = FileStatus.Of(folder, target.Name);
        if (replaced is { IsRegular: true } || (replaced is null && LibC.LastError == Errno.NoEntry)) return folder;
        var fault = replaced is null ? Errno.Fault(LibC.LastError, target) : NotRegular(target, replaced);
        folder.Dispose();
        throw fault;
    }

    public void Dispose()
    {
        Partials.Dispose();
        _root.Dispose();
    }

    private static FileFaultException NotRegular(FilePath path, FileStatus status) =>
        status.IsLink ? Errno.Fault(Errno.Loop, path)
        : status.IsFolder ? Errno.Fault(Errno.IsAFolder, path)
        : Errno.Fault(Errno.NoDevice, path);

    [SupportedOSPlatform("linux")]
    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, (UnixFileMode)OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"actornet.files.root {folder} cannot be made: {e.Message}", e);
        }
    }

    private static void RemoveStale(SafeFileHandle partials)
    {
        var names = new List<string>();
        FolderReader.Read(partials, entry =>
        {
            if (entry.IsReachable) names.Add(entry.Name);
            return true;
        });
        foreach (var name in names) _ = LibC.Unlink(partials, name, 0);
    }

    private static SafeFileHandle Opened(int handle, string folder) =>
        handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw Unusable(folder);

    private static IOException Unusable(string folder) =>
        new($"actornet.files.root {folder} cannot be used: {Marshal.GetPInvokeErrorMessage(LibC.LastError)}.");
}
