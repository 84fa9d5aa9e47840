using System.Runtime.InteropServices;

namespace ActorNet.Server.Tests.Files;

/// <summary>A folder of one test with a root in it, and a place beside the root that nobody may reach.</summary>
internal sealed partial class TestFolder : IDisposable
{
    private const uint FifoType = 0x1000;
    private const uint CharacterDeviceType = 0x2000;
    private const int DetachNow = 2;

    // In memory where there is such a place: hundreds of fsyncs and a hundred thousand links are no test of the disk.
    private static readonly string Base = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public TestFolder()
    {
        Top = Directory.CreateDirectory(Path.Combine(Base, $"actornet-files-{Guid.NewGuid():N}")).FullName;
        Root = Path.Combine(Top, "root");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Path.Combine(Top, "outside"));
        File.WriteAllText(Path.Combine(Top, "outside", "secret"), "secret");
    }

    private bool _mounted;

    public string Top { get; }

    public string Root { get; }

    public string Outside => Path.Combine(Top, "outside");

    /// <summary>Names of unfinished uploads.</summary>
    public string[] Partials => Directory.GetFileSystemEntries(Path.Combine(Root, ".actornet-partial"));

    public string In(string relative) => Path.Combine(Root, relative);

    public string Write(string relative, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(relative))!);
        File.WriteAllText(In(relative), content);
        return In(relative);
    }

    public void MakeFifo(string relative) => Assert.Equal(0, MakeNode(In(relative), FifoType | 0x1B6, 0));

    /// <summary>A node like /dev/null; false where that takes a right this test run lacks.</summary>
    public bool TryMakeDevice(string relative) => MakeNode(In(relative), CharacterDeviceType | 0x1B6, 0x103) == 0;

    /// <summary>rename(2), which unlike File.Move knows links only as links.</summary>
    public static void Rename(string from, string to) => Assert.Equal(0, RenameEntry(from, to));

    /// <summary>
    /// Puts a file system of one MiB on the root; false where that takes a right this test run lacks.
    /// </summary>
    public bool TryMakeSmall() => _mounted = Mount("tmpfs", Root, "tmpfs", 0, "size=1m") == 0;

    public void Dispose()
    {
        if (_mounted) Assert.Equal(0, Unmount(Root, DetachNow));
        Directory.Delete(Top, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string options);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "mknod", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameEntry(string from, string to);
}
