using System.Runtime.Versioning;
using ActorNet.Server.Files;

namespace ActorNet.Server.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class FileRootStartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_root_is_made_for_its_owner_alone()
    {
        using var root = FileRoot.Open(_folder.In("new/root"));

        const UnixFileMode all = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(all, File.GetUnixFileMode(_folder.In("new/root")));
        Assert.Equal(all, File.GetUnixFileMode(_folder.In("new/root/.actornet-partial")));
    }

    [Fact]
    public void Partial_files_of_a_killed_node_are_removed()
    {
        _folder.Write(".actornet-partial/0123.part", "half");
        _folder.Write(".actornet-partial/4567.part", "half");
        using var root = FileRoot.Open(_folder.Root);

        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void A_second_node_on_the_same_root_does_not_start_and_removes_nothing()
    {
        using var first = FileRoot.Open(_folder.Root);
        using var partial = first.CreatePartial(TestSettings.PathOf("a"), 0);

        var refused = Assert.Throws<IOException>(() => FileRoot.Open(_folder.Root));

        Assert.Contains("in use by another node", refused.Message, StringComparison.Ordinal);
        Assert.Single(_folder.Partials);
    }

    [Fact]
    public void A_root_that_was_closed_can_be_opened_again()
    {
        FileRoot.Open(_folder.Root).Dispose();
        FileRoot.Open(_folder.Root).Dispose();
    }

    [Fact]
    public void A_folder_of_partials_that_is_a_link_stops_the_start()
    {
        File.CreateSymbolicLink(_folder.In(".actornet-partial"), _folder.Outside);

        Assert.Throws<IOException>(() => FileRoot.Open(_folder.Root));
        Assert.True(File.Exists(Path.Combine(_folder.Outside, "secret")));
    }

    [Fact]
    public void A_root_that_is_a_file_stops_the_start() =>
        Assert.Throws<IOException>(() => FileRoot.Open(_folder.Write("file", "x")));

    [Fact]
    public void A_relative_root_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(() => FileRoot.Open("files"));
}
