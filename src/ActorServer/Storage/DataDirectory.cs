using System.Globalization;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Storage;

/// <summary>
/// The directory in which the node keeps everything it knows; made at the first start, private to its owner, and locked
/// while the node runs, as two nodes on one directory would overwrite each other's state.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream lockFile) => (Path, _lock) = (path, lockFile);

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes or opens the directory and locks it.</summary>
    /// <param name="directory">A path; relative to the current directory.</param>
    /// <exception cref="StartFailedException">It cannot be used, is open to others, or another node runs on it.</exception>
    public static DataDirectory Open(string directory) => Use(directory, path => new DataDirectory(path, Lock(path)));

    /// <summary>Makes or opens the directory for something that works beside a running node, and so does not lock it.</summary>
    /// <returns>The absolute path.</returns>
    /// <exception cref="StartFailedException">It cannot be used, or is open to others.</exception>
    public static string Prepare(string directory) => Use(directory, path => path);

    /// <summary>Makes or opens a directory below, as private as this one.</summary>
    /// <exception cref="StartFailedException">It cannot be used, or is open to others.</exception>
    public string Subdirectory(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            PrivatePath.CreateDirectory(path);
            PrivatePath.RequirePrivate(path);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{path} cannot be used: {e.Message}");
        }
    }

    /// <summary>
    /// Lets go of the lock. The lock file stays: removing it would let two others lock two files of one name.
    /// </summary>
    public void Dispose() => _lock.Dispose();

    private static T Use<T>(string directory, Func<string, T> use)
    {
        var path = System.IO.Path.GetFullPath(directory);
        try
        {
            PrivatePath.CreateDirectory(path);
            PrivatePath.RequirePrivate(path);
            return use(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(
                $"the data directory {path} cannot be used: {e.Message} Name another one with --data DIR, or set actornet.data.directory.");
        }
    }

    private static FileStream Lock(string path)
    {
        var name = System.IO.Path.Combine(path, "lock");
        FileStream file;
        try
        {
            // FileShare.None is flock(LOCK_EX) here: the kernel lets go of it when the process ends, however it ends.
            file = PrivatePath.OpenFile(name, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException) when (File.Exists(name))
        {
            throw new StartFailedException(
                $"another server{Holder(path)} runs on the data directory {path}. Stop it, or give this one its own with --data DIR.");
        }

        AtomicFile.Write(HolderFile(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return file;
    }

    // Beside the lock, not in it: the lock file cannot be read while it is held.
    private static string HolderFile(string path) => System.IO.Path.Combine(path, "pid");

    private static string Holder(string path) =>
        File.Exists(HolderFile(path)) ? $" (process {File.ReadAllText(HolderFile(path)).Trim()})" : "";
}
