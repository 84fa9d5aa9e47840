using System.Net.Sockets;
using System.Text;
using ActorNet.Protocol;
using ActorNet.Server.Files;
using ActorNet.Server.Files.Native;
using static ActorNet.Server.Tests.Files.TestSettings;

namespace ActorNet.Server.Tests.Files;

/// <summary>What a root gives and what it keeps, by whichever resolver.</summary>
public abstract class FileRootSpec : IDisposable
{
    private const int MaxTries = 2_000_000;
    private readonly TestFolder _folder = new();
    private readonly Lazy<FileRoot> _root;

    protected FileRootSpec() => _root = new Lazy<FileRoot>(() => FileRoot.Open(_folder.Root, Resolver));

    private protected abstract Resolver? Resolver { get; }

    private FileRoot Root => _root.Value;

    public void Dispose()
    {
        Root.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_file_is_opened_by_its_path_with_its_size_and_time()
    {
        var real = _folder.Write("a/b/c", "hello");
        using var file = Root.OpenFile(PathOf("/a/b/c"));

        Assert.Equal("hello", Encoding.UTF8.GetString(file.Read(100)));
        Assert.Equal(5, file.Size);
        Assert.Equal(File.GetLastWriteTimeUtc(real), file.Modified.UtcDateTime);
    }

    [Theory]
    [InlineData("etc/passwd", ErrorCode.NotFound)]
    [InlineData("missing", ErrorCode.NotFound)]
    [InlineData("folder", ErrorCode.Conflict)]
    [InlineData("/", ErrorCode.Conflict)]
    [InlineData("file/below", ErrorCode.Conflict)]
    [InlineData("link-to-file", ErrorCode.Forbidden)]
    [InlineData("link-to-secret", ErrorCode.Forbidden)]
    [InlineData("link-absolute", ErrorCode.Forbidden)]
    [InlineData("link-to-outside/secret", ErrorCode.Forbidden)]
    [InlineData("link-to-folder/inside", ErrorCode.Forbidden)]
    [InlineData("link-to-proc/root/etc/passwd", ErrorCode.Forbidden)]
    [InlineData("dangling", ErrorCode.Forbidden)]
    [InlineData("fifo", ErrorCode.Conflict)]
    [InlineData("socket", ErrorCode.Conflict)]
    public void What_is_not_a_regular_file_within_the_root_is_not_opened(string path, ErrorCode code)
    {
        using var socket = Populate();

        var fault = Assert.Throws<FileFaultException>(() => Root.OpenFile(PathOf(path)));

        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain(_folder.Top, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder", ErrorCode.Conflict)]
    [InlineData("/", ErrorCode.Conflict)]
    [InlineData("file/below", ErrorCode.Conflict)]
    [InlineData("missing/file", ErrorCode.NotFound)]
    [InlineData("link-to-file", ErrorCode.Forbidden)]
    [InlineData("link-to-secret", ErrorCode.Forbidden)]
    [InlineData("dangling", ErrorCode.Forbidden)]
    [InlineData("link-to-outside/new", ErrorCode.Forbidden)]
    [InlineData("fifo", ErrorCode.Conflict)]
    [InlineData("socket", ErrorCode.Conflict)]
    public void What_is_not_a_regular_file_within_the_root_is_not_replaced(string path, ErrorCode code)
    {
        using var socket = Populate();

        var fault = Assert.Throws<FileFaultException>(() => Root.CreatePartial(PathOf(path), 1));

        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain(_folder.Top, fault.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Partials);
    }

    [Theory]
    [InlineData("missing", ErrorCode.NotFound)]
    [InlineData("file", ErrorCode.Conflict)]
    [InlineData("link-to-outside", ErrorCode.Forbidden)]
    [InlineData("link-to-folder", ErrorCode.Forbidden)]
    [InlineData("fifo", ErrorCode.Conflict)]
    public void What_is_not_a_folder_within_the_root_is_not_listed(string path, ErrorCode code)
    {
        using var socket = Populate();

        var fault = Assert.Throws<FileFaultException>(() => Root.OpenFolder(PathOf(path), 100));

        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain(_folder.Top, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_neither_opened_nor_replaced()
    {
        // Only root can make one; elsewhere no account can put one there either.
        if (!_folder.TryMakeDevice("null")) return;

        Assert.Equal(ErrorCode.Conflict, CodeOf(() => Root.OpenFile(PathOf("null"))));
        Assert.Equal(ErrorCode.Conflict, CodeOf(() => Root.CreatePartial(PathOf("null"), 1)));
    }

    [Fact]
    public void A_folder_that_turns_into_a_link_and_back_never_leads_outside()
    {
        _folder.Write("swap/secret", "inside");
        File.CreateSymbolicLink(_folder.In("link"), _folder.Outside);
        using var swapping = new SwapLoop(_folder.In("swap"), _folder.In("link"), _folder.In("aside"));

        var (opened, links) = (0, 0);
        for (var i = 0; i < MaxTries && (i < 20_000 || opened < 100 || links < 100); i++)
        {
            try
            {
                using var file = Root.OpenFile(PathOf("swap/secret"));
                Assert.Equal("inside", Encoding.UTF8.GetString(file.Read(100)));
                opened++;
            }
            catch (FileFaultException fault)
            {
                if (fault.Code == ErrorCode.Forbidden) links++;
            }
        }

        Assert.True(opened >= 100 && links >= 100, $"the race saw too little: {opened} folders, {links} links");
    }

    [Fact]
    public void A_folder_that_turns_into_a_link_and_back_takes_no_upload_outside()
    {
        _folder.Write("swap/old", "old");
        File.CreateSymbolicLink(_folder.In("link"), _folder.Outside);
        using var swapping = new SwapLoop(_folder.In("swap"), _folder.In("link"), _folder.In("aside"));

        var (stored, links) = (0, 0);
        for (var i = 0; i < MaxTries && (i < 2_000 || stored < 100 || links < 100); i++)
        {
            try
            {
                using var partial = Root.CreatePartial(PathOf("swap/new"), 0);
                partial.Publish().Dispose();
                stored++;
            }
            catch (FileFaultException fault)
            {
                if (fault.Code == ErrorCode.Forbidden) links++;
            }
        }

        Assert.Equal(["secret"], Directory.GetFileSystemEntries(_folder.Outside).Select(Path.GetFileName));
        Assert.Empty(_folder.Partials);
        Assert.True(stored >= 100 && links >= 100, $"the race saw too little: {stored} stored, {links} links");
    }

    private Socket Populate()
    {
        _folder.Write("file", "file");
        _folder.Write("folder/inside", "inside");
        foreach (var (link, target) in new[]
                 {
                     ("link-to-file", "file"), ("link-to-secret", "../outside/secret"), ("link-absolute", "/etc/passwd"),
                     ("link-to-outside", "../outside"), ("link-to-folder", "folder"), ("link-to-proc", "/proc/self"),
                     ("dangling", "nowhere"),
                 })
        {
            File.CreateSymbolicLink(_folder.In(link), target);
        }

        _folder.MakeFifo("fifo");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.In("socket")));
        return socket;
    }
}
