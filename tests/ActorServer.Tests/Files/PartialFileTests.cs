using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using static ActorNet.Server.Tests.Files.TestSettings;

namespace ActorNet.Server.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class PartialFileTests : IDisposable
{
    private static readonly byte[] New = Encoding.UTF8.GetBytes("the new content");
    private static readonly string Hash = Convert.ToHexString(SHA256.HashData(New));
    private readonly TestFolder _folder = new();
    private FileRoot _root;

    public PartialFileTests() => _root = FileRoot.Open(_folder.Root);

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_committed_file_has_its_name_its_bytes_and_leaves_no_partial()
    {
        using var partial = Written("a/b");

        Assert.Equal(Hash.ToLowerInvariant(), partial.Commit(Hash));

        Assert.Equal(New, File.ReadAllBytes(_folder.In("a/b")));
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void An_empty_file_is_stored()
    {
        using var partial = _root.CreatePartial(PathOf("empty"), 0);

        partial.Commit(Convert.ToHexString(SHA256.HashData([])));

        Assert.Equal(0, new FileInfo(_folder.In("empty")).Length);
    }

    [Fact]
    public void A_replaced_file_keeps_its_permissions_but_no_set_user_id()
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead;
        File.SetUnixFileMode(_folder.Write("a/b", "old"), mode | UnixFileMode.SetUser);
        using var partial = Written("a/b");

        partial.Commit(Hash);

        Assert.Equal(mode, File.GetUnixFileMode(_folder.In("a/b")));
    }

    [Fact]
    public void Bytes_beyond_the_announced_size_are_too_large()
    {
        using var partial = _root.CreatePartial(PathOf("a"), 3);
        partial.Write("abc"u8);

        Assert.Equal(ErrorCode.TooLarge, CodeOf(() => partial.Write("d"u8)));
    }

    [Fact]
    public void Fewer_bytes_than_announced_are_a_conflict_and_the_target_is_as_it_was()
    {
        _folder.Write("a", "old");
        using (var partial = _root.CreatePartial(PathOf("a"), 100))
        {
            partial.Write(New);
            Assert.Equal(ErrorCode.Conflict, CodeOf(() => partial.Commit(Hash)));
        }

        Assert.Equal("old", File.ReadAllText(_folder.In("a")));
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void Another_hash_is_a_conflict_and_the_target_is_as_it_was()
    {
        _folder.Write("a/b", "old");
        using (var partial = Written("a/b"))
            Assert.Equal(ErrorCode.Conflict, CodeOf(() => partial.Commit(new string('0', 64))));

        Assert.Equal("old", File.ReadAllText(_folder.In("a/b")));
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void A_folder_renamed_during_the_upload_is_not_found_and_gets_nothing()
    {
        using (var partial = Written("a/b"))
        {
            Directory.Move(_folder.In("a"), _folder.In("c"));
            Assert.Equal(ErrorCode.NotFound, CodeOf(() => partial.Commit(Hash)));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.In("c")));
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void A_target_that_became_a_link_during_the_upload_is_not_replaced()
    {
        using var partial = Written("a/b");
        File.CreateSymbolicLink(_folder.In("a/b"), "../../outside/secret");

        Assert.Equal(ErrorCode.Forbidden, CodeOf(() => partial.Commit(Hash)));
        Assert.Equal("secret", File.ReadAllText(Path.Combine(_folder.Outside, "secret")));
    }

    [Fact]
    public void A_full_disk_is_found_before_the_first_byte_and_leaves_nothing()
    {
        const int noSpace = 28;
        var fault = Assert.Throws<FileFaultException>(() => _root.CreatePartial(PathOf("a"), 1000, (_, _) => noSpace));

        Assert.Equal(ErrorCode.Unavailable, fault.Code);
        Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Partials);
    }

    [Fact]
    public void More_than_the_disk_has_is_refused_and_leaves_nothing()
    {
        // Five exbibytes: more than any disk this runs on, and more than some file systems take in one file.
        var fault = Assert.Throws<FileFaultException>(() => _root.CreatePartial(PathOf("a"), 5L << 60));

        Assert.Contains(fault.Code, new[] { ErrorCode.Unavailable, ErrorCode.TooLarge });
        Assert.Empty(_folder.Partials);
    }

    [Theory]
    [InlineData(0, "old")]
    [InlineData(1, "old")]
    [InlineData(2, "old")]
    [InlineData(3, "new")]
    [InlineData(4, "new")]
    public void A_node_killed_after_any_step_of_the_commit_leaves_the_old_or_the_new_file(int steps, string expected)
    {
        _folder.Write("a/b", "old");
        var partial = _root.CreatePartial(PathOf("a/b"), New.Length);
        partial.Write(New.AsSpan(0, steps == 0 ? 5 : New.Length));
        if (steps >= 1) partial.Verify(Hash);
        if (steps >= 2) partial.SyncBytes();
        using var folder = steps >= 3 ? partial.Publish() : null;
        if (steps >= 4) partial.SyncFolder(folder!);

        // Nobody tidies up after a kill: the handles go, the files stay, until the next start.
        _root.Dispose();
        Assert.Equal(steps < 3 ? 1 : 0, _folder.Partials.Length);
        _root = FileRoot.Open(_folder.Root);

        Assert.Equal(expected == "old" ? "old" : Encoding.UTF8.GetString(New), File.ReadAllText(_folder.In("a/b")));
        Assert.Empty(_folder.Partials);
    }

    private PartialFile Written(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.In(path))!);
        var partial = _root.CreatePartial(PathOf(path), New.Length);
        partial.Write(New.AsSpan(0, 4));
        partial.Write(New.AsSpan(4));
        return partial;
    }
}
