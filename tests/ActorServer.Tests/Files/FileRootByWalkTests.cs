using ActorNet.Server.Files.Native;

namespace ActorNet.Server.Tests.Files;

/// <summary>With the walk component by component, as on a kernel without openat2.</summary>
public sealed class FileRootByWalkTests : FileRootSpec
{
    private protected override Resolver? Resolver => new Resolver.WalkResolver();
}
