using ActorNet.Server.Files.Native;

namespace ActorNet.Server.Tests.Files;

/// <summary>With the kernel's openat2, where it has it.</summary>
public sealed class FileRootByKernelTests : FileRootSpec
{
    private protected override Resolver? Resolver => null;
}
