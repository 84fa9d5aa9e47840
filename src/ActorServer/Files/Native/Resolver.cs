using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files.Native;

/// <summary>
/// How a path is opened below a folder without ever following a link: by the kernel, or component by component.
/// </summary>
internal abstract class Resolver
{
    private const int OpenAt2Number = 437; // the same on every architecture
    private const ulong NoMagicLinks = 0x02;
    private const ulong NoSymbolicLinks = 0x04;
    private const ulong Beneath = 0x08;
    private const int Attempts = 64;

    /// <summary>
    /// openat2 where the kernel has it and lets us (older container profiles answer EPERM), else the walk.
    /// </summary>
    internal static Resolver For(SafeFileHandle root)
    {
        var kernel = new KernelResolver();
        using var handle = kernel.TryOpen(root, [], OpenFlags.ReadOnly | OpenFlags.Folder, out var errno);
        return errno is Errno.NotImplemented or Errno.NotPermitted ? new WalkResolver() : kernel;
    }

    /// <summary>
    /// Opens <paramref name="path"/> below <paramref name="root"/>; never waits, as opening a FIFO would, so that what
    /// is open can be looked at.
    /// </summary>
    /// <exception cref="FileFaultException">It cannot be opened.</exception>
    internal SafeFileHandle Open(SafeFileHandle root, FilePath path, int flags)
    {
        flags |= OpenFlags.CloseOnExec | OpenFlags.NonBlocking;
        var handle = TryOpen(root, path.Components.AsSpan(), flags, out var errno);
        return handle ?? throw Errno.Fault(errno, path);
    }

    protected abstract SafeFileHandle? TryOpen(
        SafeFileHandle root, ReadOnlySpan<string> components, int flags, out int errno);

    /// <summary>The kernel resolves the whole path, under its own rules against links and ways out.</summary>
    internal sealed class KernelResolver : Resolver
    {
        protected override SafeFileHandle? TryOpen(
            SafeFileHandle root, ReadOnlySpan<string> components, int flags, out int errno)
        {
            var path = components.IsEmpty ? "." : string.Join('/', components);
            // No O_NOFOLLOW: with it a link at the end of the path counts as "not a folder", without it as a link.
            var how = new OpenHow { Flags = (uint)flags, Resolve = Beneath | NoSymbolicLinks | NoMagicLinks };
            errno = 0;
            // EAGAIN: something was renamed while the kernel walked, and it will not vouch for the result.
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var handle = LibC.OpenAt2(OpenAt2Number, root, path, how, 24);
                if (handle >= 0) return new SafeFileHandle(handle, ownsHandle: true);
                errno = LibC.LastError;
                if (errno is not (Errno.Again or Errno.Interrupted)) break;
            }

            return null;
        }
    }

    /// <summary>
    /// Opens one component after the other, each from the handle of the one before, so that no rename can lead astray.
    /// </summary>
    internal sealed class WalkResolver : Resolver
    {
        private static readonly int Step =
            OpenFlags.PathOnly | OpenFlags.Folder | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

        protected override SafeFileHandle? TryOpen(
            SafeFileHandle root, ReadOnlySpan<string> components, int flags, out int errno)
        {
            if (components.IsEmpty) return OpenOne(root, ".", flags, out errno);
            var folder = root;
            try
            {
                for (; components.Length > 1; components = components[1..])
                {
                    var next = OpenOne(folder, components[0], Step, out errno);
                    if (next is null) return null;
                    if (folder != root) folder.Dispose();
                    folder = next;
                }

                return OpenOne(folder, components[0], flags | OpenFlags.NoFollow, out errno);
            }
            finally
            {
                if (folder != root) folder.Dispose();
            }
        }

        private static SafeFileHandle? OpenOne(SafeFileHandle folder, string name, int flags, out int errno)
        {
            errno = 0;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var handle = LibC.OpenAt(folder, name, flags, 0);
                if (handle >= 0) return new SafeFileHandle(handle, ownsHandle: true);
                errno = LibC.LastError;
                if (errno != Errno.Interrupted) break;
            }

            // A link where a folder is asked for is ENOTDIR here and ELOOP from openat2.
            if (errno == Errno.NotAFolder && FileStatus.Of(folder, name) is { IsLink: true }) errno = Errno.Loop;
            return null;
        }
    }
}
