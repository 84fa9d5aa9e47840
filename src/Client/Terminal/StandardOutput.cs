using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ActorNet.Client.Terminal;

/// <summary>
/// Stdout or stderr, unbuffered. Console's own streams swallow EPIPE, so <c>get big - | head</c> would go on for ever;
/// a FileStream writes at its own idea of the position and would overwrite what others wrote to the same redirected
/// file. So it is write(2).
/// </summary>
internal sealed class StandardOutput(int descriptor) : WriteOnlyStream
{
    private const int Eintr = 4;
    private const int Eagain = 11;
    private const int Epipe = 32;
    private const short PollOut = 4;

    /// <summary>The stream of a descriptor, 1 or 2; where there is no write(2), Console's.</summary>
    public static Stream Open(int descriptor) => OperatingSystem.IsWindows()
        ? descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError()
        : new StandardOutput(descriptor);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = NativeWrite(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0) buffer = buffer[(int)count..];
            else Retry(Marshal.GetLastPInvokeError());
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    private void Retry(int error)
    {
        if (error == Epipe) throw new BrokenPipeException();
        if (error == Eintr) return;
        // a terminal that another process made non-blocking
        if (error != Eagain) throw new IOException($"cannot write to the output: {new Win32Exception(error).Message}");
        var wait = new PollDescriptor { Descriptor = descriptor, Events = PollOut };
        _ = NativePoll(ref wait, 1, -1);
    }

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint NativeWrite(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativePoll(ref PollDescriptor descriptors, nuint count, int timeout);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
