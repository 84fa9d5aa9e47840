using ActorNet.Protocol;

namespace ActorNet.Server.Files.Native;

/// <summary>
/// Error numbers of Linux (the same on every architecture .NET runs on), and what they mean to a client.
/// </summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int NoDeviceOrAddress = 6;
    internal const int Again = 11;
    internal const int OutOfMemory = 12;
    internal const int Access = 13;
    internal const int Exists = 17;
    internal const int CrossDevice = 18;
    internal const int NoDevice = 19;
    internal const int NotAFolder = 20;
    internal const int IsAFolder = 21;
    internal const int TooManyInSystem = 23;
    internal const int TooManyOpen = 24;
    internal const int FileTooBig = 27;
    internal const int NoSpace = 28;
    internal const int ReadOnly = 30;
    internal const int NameTooLong = 36;
    internal const int NotImplemented = 38;
    internal const int Loop = 40;
    internal const int NotSupported = 95;
    internal const int Quota = 122;

    /// <summary>The answer for a failed call on <paramref name="path"/>.</summary>
    internal static FileFaultException Fault(int errno, FilePath path)
    {
        var name = path.IsRoot ? "/" : path.ToString();
        return errno switch
        {
            NoEntry => new(ErrorCode.NotFound, $"'{name}' does not exist."),
            Loop => new(ErrorCode.Forbidden, $"'{name}' leads through a symbolic link; the node follows none."),
            CrossDevice => new(ErrorCode.Forbidden, $"'{name}' leads out of the root or to another file system."),
            NotAFolder => new(ErrorCode.Conflict, $"'{name}', or a component of it, is not a folder."),
            IsAFolder => new(ErrorCode.Conflict, $"'{name}' is a folder."),
            NoDeviceOrAddress or NoDevice => new(ErrorCode.Conflict, $"'{name}' is not a regular file."),
            Access or NotPermitted => new(ErrorCode.Forbidden, $"The node has no access to '{name}'."),
            NameTooLong => new(ErrorCode.Invalid, $"'{name}' is too long for the file system."),
            NoSpace or Quota => new(ErrorCode.Unavailable, $"The disk is full: '{name}' does not fit."),
            FileTooBig => new(ErrorCode.TooLarge, $"'{name}' is larger than the file system takes."),
            ReadOnly => new(ErrorCode.Unavailable, $"The file system of '{name}' is read-only."),
            TooManyOpen or TooManyInSystem or OutOfMemory =>
                new(ErrorCode.Unavailable, "The node has no file handle or memory left; try again."),
            Again => new(ErrorCode.Unavailable, $"'{name}' is being moved about; try again."),
            _ => new(ErrorCode.Unavailable, $"The disk failed on '{name}' (error {errno})."),
        };
    }
}
