using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using static ActorNet.Server.Tests.Files.TestSettings;

namespace ActorNet.Server.Tests.Files;

public sealed class ReadableFileTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FileRoot _root;
    private readonly string _real;
    private readonly ReadableFile _file;

    public ReadableFileTests()
    {
        _root = FileRoot.Open(_folder.Root);
        _real = _folder.Write("a", "0123456789");
        _file = _root.OpenFile(PathOf("a"));
    }

    public void Dispose()
    {
        _file.Dispose();
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_is_read_in_pieces_and_its_hash_is_that_of_the_whole()
    {
        Assert.Equal("0123"u8, _file.Read(4));
        Assert.Equal("456789"u8, _file.Read(100));
        Assert.Equal(0, _file.Remaining);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("0123456789"u8)), _file.Finish());
    }

    [Fact]
    public void A_file_cut_short_while_it_is_read_is_a_conflict()
    {
        _file.Read(4);
        using (var other = File.OpenWrite(_real)) other.SetLength(6);

        Assert.Equal(ErrorCode.Conflict, CodeOf(() => _file.Read(100)));
    }

    [Fact]
    public void A_file_cut_short_after_it_was_read_is_a_conflict()
    {
        _file.Read(100);
        using (var other = File.OpenWrite(_real)) other.SetLength(6);

        Assert.Equal(ErrorCode.Conflict, CodeOf(() => _file.Finish()));
    }

    [Fact]
    public void A_file_rewritten_while_it_is_read_is_a_conflict()
    {
        _file.Read(4);
        File.WriteAllText(_real, "abcdefghij");
        File.SetLastWriteTimeUtc(_real, File.GetLastWriteTimeUtc(_real).AddSeconds(1));
        _file.Read(100);

        Assert.Equal(ErrorCode.Conflict, CodeOf(() => _file.Finish()));
    }

    [Fact]
    public void A_file_appended_to_is_sent_as_long_as_it_was_when_opened()
    {
        File.AppendAllText(_real, "more");

        Assert.Equal("0123456789", Encoding.UTF8.GetString(_file.Read(100)));
        Assert.Equal(0, _file.Remaining);
        _file.Finish();
    }

    [Fact]
    public void A_file_replaced_while_it_is_read_stays_the_one_that_was_opened()
    {
        TestFolder.Rename(_folder.Write("b", "other"), _real);

        Assert.Equal("0123456789", Encoding.UTF8.GetString(_file.Read(100)));
        _file.Finish();
    }
}
