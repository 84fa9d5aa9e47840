using System.Diagnostics;
using System.Text;

namespace ActorNet.Client.Profiles;

/// <summary>
/// Files that only the user may read and write (0600, their folders 0700). Replaced as a whole: whoever reads sees the
/// old content or the new, whatever happens in between.
/// </summary>
internal static class PrivateFile
{
    /// <summary>Larger than any of them gets; more is read of none.</summary>
    public const int MaxSize = 1024 * 1024;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // As long as another client takes to write a few lines, many times over.
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The whole file, or null when there is none.</summary>
    /// <exception cref="OpenToOthersException">Others may read or write it.</exception>
    /// <exception cref="IOException">It cannot be read, or is larger than <paramref name="maxSize"/>.</exception>
    public static byte[]? Read(string path, int maxSize = MaxSize)
    {
        try
        {
            // from one opened handle: what is checked is what is read
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~(Owner | UnixFileMode.UserExecute)) != 0)
                throw new OpenToOthersException(path);
            // not by its length: a pipe has none
            var buffer = new byte[Math.Min(maxSize, file.CanSeek ? file.Length : maxSize) + 1];
            var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (count > maxSize) throw new IOException($"{path} has more than {maxSize} bytes");
            return buffer[..count];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Replaces the file, or makes it and its folders.</summary>
    /// <exception cref="IOException">It cannot be written; what was there still is.</exception>
    public static void Write(string path, string content)
    {
        try
        {
            CreateFolder(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                using (var file = Create(temporary, FileMode.CreateNew))
                {
                    file.Write(Encoding.UTF8.GetBytes(content));
                    file.Flush(flushToDisk: true);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Held by one process at a time: <c>PATH.lock</c>. For reading, changing and writing a file as one step.</summary>
    /// <exception cref="IOException">Another holds it for too long, or it cannot be made.</exception>
    public static IDisposable Lock(string path)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                CreateFolder(Path.GetDirectoryName(path)!);
                return Create(path + ".lock", FileMode.OpenOrCreate);
            }
            catch (IOException e) when (IsHeld(e) && Stopwatch.GetElapsedTime(start) < LockWait)
            {
                Thread.Sleep(LockPause);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new IOException(e.Message, e);
            }
        }
    }

    // EAGAIN of flock(2) on Linux and on macOS; a sharing violation on Windows.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Owner;
        return new FileStream(path, options);
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        // one by one: the mode is given to the last one only
        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent) CreateFolder(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }
}

/// <summary>A file with a secret, or one that must not be forged, that others may read or write.</summary>
internal sealed class OpenToOthersException(string path)
    : IOException($"{path} can be read or written by others; run: chmod 600 '{path}'");
