using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// Tells processes of this node that they may have ended. The kernel says only that some child ended (SIGCHLD), and
/// several ends may come as one signal, so each signal asks every process. Nobody waits for "any child": .NET's own
/// Process class has children too, and the runtime leaves those alone that it did not start. One per operating system
/// process, because the signal is.
/// </summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "This layer is written for Linux and glibc.")]
internal static class ChildExits
{
    private static readonly ConcurrentDictionary<int, Func<bool>> Watched = new();

    // Kept alive for ever: disposing would end the registration.
    private static readonly PosixSignalRegistration Registration =
        PosixSignalRegistration.Create(PosixSignal.SIGCHLD, static _ => CheckAll());

    /// <summary>Calls <paramref name="tryReap"/> at once and then at every SIGCHLD until it says true.</summary>
    public static void Watch(int pid, Func<bool> tryReap)
    {
        GC.KeepAlive(Registration);
        Watched[pid] = tryReap;
        Check(pid, tryReap); // it may have ended before it was watched
    }

    private static void CheckAll()
    {
        foreach (var (pid, tryReap) in Watched) Check(pid, tryReap);
    }

    // Removes exactly this process: after it was reaped its number may belong to the next one.
    private static void Check(int pid, Func<bool> tryReap)
    {
        if (tryReap()) Watched.TryRemove(KeyValuePair.Create(pid, tryReap));
    }
}
