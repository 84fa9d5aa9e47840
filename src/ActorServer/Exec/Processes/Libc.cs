using System.Runtime.InteropServices;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// What the process layer takes from glibc, with the constants of Linux. Structures are opaque blocks of at least their
/// size (posix_spawnattr_t is 336 bytes and posix_spawn_file_actions_t 80 on x86-64; siginfo_t and sigset_t are 128
/// everywhere).
/// </summary>
internal static unsafe partial class Libc
{
    public const int OpaqueSize = 1024;
    public const int SignalSetSize = 128;

    public const short SpawnSetSignalDefault = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnSetSession = 0x80;

    public const int OpenCloseOnExec = 0x80000;
    public const int DuplicateCloseOnExec = 1030;

    public const int SetPipeSize = 1031;

    public const int WaitForPid = 1;
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;
    public const int WaitKeep = 0x01000000;

    public const int CodeExited = 1;
    public const int ExecuteAccess = 1;

    public const int ErrorNotPermitted = 1;
    public const int ErrorNoEntry = 2;
    public const int ErrorInterrupted = 4;
    public const int ErrorTooBig = 7;
    public const int ErrorNotExecutable = 8;
    public const int ErrorTryAgain = 11;
    public const int ErrorNoMemory = 12;
    public const int ErrorAccess = 13;
    public const int ErrorNotDirectory = 20;
    public const int ErrorTooManyFilesInSystem = 23;
    public const int ErrorTooManyFiles = 24;

    /// <summary>Whether glibc is 2.34 or later and can close every other descriptor in the child.</summary>
    public static readonly bool HasCloseFrom =
        NativeLibrary.TryGetExport(
            NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out _);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    public static partial int Spawn(
        out int pid, byte* path, void* fileActions, void* attributes, byte** argv, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int FileActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int FileActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int FileActionsDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int FileActionsChangeDirectory(void* actions, byte* path);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int FileActionsCloseFrom(void* actions, int from);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesSetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSetSignalDefault(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(void* signals);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int idType, int id, ChildInfo* info, int options);

    /// <summary>siginfo_t as waitid fills it on Linux.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct ChildInfo
    {
        [FieldOffset(8)]
        public int Code;

        [FieldOffset(16)]
        public int Pid;

        [FieldOffset(24)]
        public int Status;
    }
}
