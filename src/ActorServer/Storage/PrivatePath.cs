using ActorNet.Server.Hosting;

namespace ActorNet.Server.Storage;

/// <summary>Directories and files that nobody but their owner may look into.</summary>
internal static class PrivatePath
{
    /// <summary>The owner does all, nobody else anything.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The owner reads and writes, nobody else anything.</summary>
    public const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory, 0700, unless it exists.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
    }

    /// <summary>Opens a file for this process alone; one that it makes is 0600.</summary>
    public static FileStream OpenFile(string path, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerReadsAndWrites;
        return new FileStream(path, options);
    }

    /// <summary>Refuses what is open to others.</summary>
    /// <exception cref="StartFailedException">With the command that mends it.</exception>
    public static void RequirePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == 0) return;
        var mended = Directory.Exists(path) ? "700" : "600";
        throw new StartFailedException(
            $"{path} is open to other users (mode {Convert.ToString((int)mode, 8)}), and it holds secrets. "
            + $"If nobody else has used it: chmod {mended} {path}");
    }
}
