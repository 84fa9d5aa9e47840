using System.Runtime.InteropServices;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// posix_spawn with everything a job needs: a new session (so a new process group with the child's number, and no
/// terminal: signals to the group reach what the command started, and the node's own terminal reaches none of it),
/// every signal at its default and none blocked (the runtime ignores SIGPIPE and blocks some, and both would be
/// inherited), pipes as 0, 1 and 2, and no other descriptor. glibc makes the child with CLONE_VM | CLONE_VFORK: its
/// cost does not grow with the node's memory.
/// </summary>
internal static unsafe class NativeSpawn
{
    private static readonly void* Attributes = CreateAttributes();

    /// <summary>
    /// Starts <paramref name="path"/>; 0 or an error number. The ends of the pipes stay the caller's.
    /// </summary>
    public static int Start(
        string path, IReadOnlyCollection<string> argv, IReadOnlyCollection<string> environment, string directory,
        SafePipe input, SafePipe output, SafePipe errors, out int pid)
    {
        using var nativePath = new NativeStrings([path]);
        using var nativeDirectory = new NativeStrings([directory]);
        using var nativeArgv = new NativeStrings(argv);
        using var nativeEnvironment = new NativeStrings(environment);
        var actions = stackalloc byte[Libc.OpaqueSize];
        Check(Libc.FileActionsInit(actions));
        try
        {
            Check(Libc.FileActionsDuplicate(actions, input.ReadEnd, 0));
            Check(Libc.FileActionsDuplicate(actions, output.WriteEnd, 1));
            Check(Libc.FileActionsDuplicate(actions, errors.WriteEnd, 2));
            Check(Libc.FileActionsChangeDirectory(actions, nativeDirectory.First));
            // What the runtime opens is closed by exec anyway; this is for a library that forgot.
            if (Libc.HasCloseFrom) Check(Libc.FileActionsCloseFrom(actions, 3));
            return Libc.Spawn(
                out pid, nativePath.First, actions, Attributes, nativeArgv.Pointer, nativeEnvironment.Pointer);
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
        }
    }

    // The same for every child, made once and never freed.
    private static void* CreateAttributes()
    {
        var attributes = NativeMemory.AllocZeroed(Libc.OpaqueSize);
        var signals = stackalloc byte[Libc.SignalSetSize];
        Check(Libc.AttributesInit(attributes));
        Check(Libc.AttributesSetFlags(
            attributes, Libc.SpawnSetSession | Libc.SpawnSetSignalDefault | Libc.SpawnSetSignalMask));
        // Not sigfillset, which leaves out 32 and 33, glibc's own: those would start out ignored in the child.
        new Span<byte>(signals, Libc.SignalSetSize).Fill(0xff);
        Check(Libc.AttributesSetSignalDefault(attributes, signals));
        Check(Libc.EmptySignals(signals));
        Check(Libc.AttributesSetSignalMask(attributes, signals));
        return attributes;
    }

    // These fail only for lack of memory.
    private static void Check(int error)
    {
        if (error != 0) throw new InvalidOperationException($"posix_spawn could not be prepared: error {error}.");
    }
}
