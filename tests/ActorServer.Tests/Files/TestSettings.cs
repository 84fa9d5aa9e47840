using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.Server.Files;

namespace ActorNet.Server.Tests.Files;

internal static class TestSettings
{
    public static FileSettings For(string root) => new(
        root, MaxFileSize: 1024 * 1024, MaxName: 255, MaxPath: 1024, MaxFolderEntries: 200_000,
        PageSize: 64 * 1024, ChunkSize: 64 * 1024, TransfersPerNode: 4, TransfersPerAccount: 2,
        StallTimeout: TimeSpan.FromSeconds(60), Window: new ChannelWindow(1024 * 1024, 1024 * 1024));

    /// <summary>The code of the fault that <paramref name="action"/> ends in.</summary>
    public static ErrorCode CodeOf(Action action) => Assert.Throws<FileFaultException>(action).Code;

    public static FilePath PathOf(string text) => FilePath.Parse(text, For("/"));
}
