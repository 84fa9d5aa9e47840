using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ActorNet.Bench;

/// <summary>
/// Linux epoll: one thread, many sockets, no runtime between the driver and the kernel, so that the driver costs the same beside every
/// peer. Readable events only.
/// </summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int MaxEvents = 512;
    private const int AddDescriptor = 1;
    private const uint Readable = 1;

    // struct epoll_event is packed on x64 only.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = Stride - sizeof(long);

    private readonly int _epoll = Checked(epoll_create1(0));
    private readonly byte[] _events = new byte[MaxEvents * Stride];

    /// <summary>Reports <paramref name="tag"/> whenever the socket can be read.</summary>
    public void Add(int descriptor, int tag)
    {
        var item = new byte[Stride];
        MemoryMarshal.Write(item, Readable);
        MemoryMarshal.Write(item.AsSpan(DataOffset), (long)tag);
        fixed (byte* p = item) Checked(epoll_ctl(_epoll, AddDescriptor, descriptor, p));
    }

    /// <summary>Tags of what can be read, after at most <paramref name="milliseconds"/>.</summary>
    public IEnumerable<int> Wait(int milliseconds)
    {
        var count = WaitCore(milliseconds);
        for (var i = 0; i < count; i++)
            yield return (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan(i * Stride + DataOffset));
    }

    /// <summary>Reads what is there: bytes, 0 at the end of the stream, -1 if nothing is there.</summary>
    public static int Receive(int descriptor, Span<byte> buffer)
    {
        fixed (byte* p = buffer) return Transferred(recv(descriptor, p, (nuint)buffer.Length, DontWait));
    }

    /// <summary>Writes what fits: bytes, or -1 if nothing fits.</summary>
    public static int Send(int descriptor, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* p = buffer) return Transferred(send(descriptor, p, (nuint)buffer.Length, DontWait | NoSignal));
    }

    public void Dispose() => _ = close(_epoll);

    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    private int WaitCore(int milliseconds)
    {
        fixed (byte* p = _events)
        {
            var count = epoll_wait(_epoll, p, MaxEvents, milliseconds);
            return count >= 0 || Marshal.GetLastPInvokeError() == Interrupted ? Math.Max(count, 0) : Checked(count);
        }
    }

    private static int Transferred(nint result)
    {
        if (result >= 0) return (int)result;
        return Marshal.GetLastPInvokeError() == TryAgain ? -1 : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* item);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, byte* events, int maxEvents, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
