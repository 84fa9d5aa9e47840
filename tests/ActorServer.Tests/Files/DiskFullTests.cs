using ActorNet.Protocol;
using ActorNet.Server.Files;
using static ActorNet.Server.Tests.Files.TestSettings;

namespace ActorNet.Server.Tests.Files;

/// <summary>
/// On a disk of one MiB, where this test run may mount one; the answers themselves are tested without in
/// PartialFileTests.
/// </summary>
public sealed class DiskFullTests : IDisposable
{
    private const int MiB = 1024 * 1024;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_upload_larger_than_the_disk_is_refused_before_the_first_byte_and_the_space_is_free_again()
    {
        if (!_folder.TryMakeSmall()) return;
        using var root = FileRoot.Open(_folder.Root);

        Assert.Equal(ErrorCode.Unavailable, CodeOf(() => root.CreatePartial(PathOf("a"), 2 * MiB)));

        Assert.Empty(_folder.Partials);
        using var fits = root.CreatePartial(PathOf("a"), MiB / 2);
        fits.Write(new byte[MiB / 2]);
    }

    [Fact]
    public void Two_uploads_are_not_promised_the_same_space()
    {
        if (!_folder.TryMakeSmall()) return;
        using var root = FileRoot.Open(_folder.Root);
        using var first = root.CreatePartial(PathOf("a"), MiB / 2 + 1);

        Assert.Equal(ErrorCode.Unavailable, CodeOf(() => root.CreatePartial(PathOf("b"), MiB / 2 + 1)));
    }

    [Fact]
    public void A_disk_that_fills_up_where_nothing_can_be_reserved_ends_the_upload_and_leaves_nothing()
    {
        if (!_folder.TryMakeSmall()) return;
        using var root = FileRoot.Open(_folder.Root);
        using (var partial = root.CreatePartial(PathOf("a"), 2 * MiB, (_, _) => 0))
        {
            partial.Write(new byte[MiB / 2]);
            Assert.Equal(ErrorCode.Unavailable, CodeOf(() => partial.Write(new byte[MiB])));
        }

        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void A_folder_on_another_file_system_takes_no_uploads()
    {
        if (!_folder.TryMakeSmall()) return;
        using var root = FileRoot.Open(_folder.Top);

        var fault = Assert.Throws<FileFaultException>(() => root.CreatePartial(PathOf("root/a"), 1));

        Assert.Equal(ErrorCode.Unavailable, fault.Code);
        Assert.Contains("another file system", fault.Message, StringComparison.Ordinal);
    }
}
