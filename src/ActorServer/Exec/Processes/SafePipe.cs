using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// A pipe between the node and a child: both ends are closed by exec unless they were duplicated for it, and neither is
/// 0, 1 or 2, so that setting up the child's 0, 1 and 2 cannot overwrite one.
/// </summary>
internal sealed unsafe class SafePipe : IDisposable
{
    private const int FirstFree = 3;
    private int _readEnd;
    private int _writeEnd;

    // Four times the kernel's default: fewer wake-ups for a program that streams, measured as 1.5 to 3 times the
    // throughput. Larger ones gain little and eat up what fs.pipe-user-pages-soft (64 MiB) lets one user have.
    private const int BulkSize = 256 * 1024;

    private SafePipe(int readEnd, int writeEnd) => (_readEnd, _writeEnd) = (readEnd, writeEnd);

    public int ReadEnd => _readEnd;

    public int WriteEnd => _writeEnd;

    /// <summary>Makes a pipe, or says with which error number it failed.</summary>
    public static bool TryCreate(out SafePipe? pipe, out int error)
    {
        var ends = stackalloc int[2];
        pipe = null;
        error = Libc.Pipe(ends, Libc.OpenCloseOnExec) == 0 ? 0 : Marshal.GetLastPInvokeError();
        if (error != 0) return false;
        pipe = new SafePipe(ends[0], ends[1]);
        if (TryLift(ref pipe._readEnd, out error) && TryLift(ref pipe._writeEnd, out error)) return true;
        pipe.Dispose();
        pipe = null;
        return false;
    }

    /// <summary>
    /// Makes it larger, for a stream that may be bulk; leaves it as it is when the kernel does not allow it.
    /// </summary>
    public void Enlarge() => _ = Libc.Control(_writeEnd, Libc.SetPipeSize, BulkSize);

    /// <summary>Gives the read end to a stream. The write end stays here.</summary>
    public AnonymousPipeClientStream OpenReader() => Open(PipeDirection.In, ref _readEnd);

    /// <summary>Gives the write end to a stream. The read end stays here.</summary>
    public AnonymousPipeClientStream OpenWriter() => Open(PipeDirection.Out, ref _writeEnd);

    /// <summary>Closes the ends that were not given away.</summary>
    public void Dispose()
    {
        Close(ref _readEnd);
        Close(ref _writeEnd);
    }

    private static AnonymousPipeClientStream Open(PipeDirection direction, ref int end)
    {
        var stream = new AnonymousPipeClientStream(direction, new SafePipeHandle(end, ownsHandle: true));
        end = -1;
        return stream;
    }

    private static bool TryLift(ref int end, out int error)
    {
        error = 0;
        if (end >= FirstFree) return true;
        var lifted = Libc.Control(end, Libc.DuplicateCloseOnExec, FirstFree);
        if (lifted < 0)
        {
            error = Marshal.GetLastPInvokeError();
            return false;
        }

        _ = Libc.Close(end);
        end = lifted;
        return true;
    }

    private static void Close(ref int end)
    {
        if (end >= 0) _ = Libc.Close(end);
        end = -1;
    }
}
