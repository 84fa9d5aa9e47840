using ActorNet.Client.Profiles;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Tests.Profiles;

public sealed class DeviceFileTests : IDisposable
{
    private static readonly ServerAddress Node = ServerAddress.Parse("node.example");
    private static readonly AccountName Alice = Name("alice");

    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;
    private readonly DeviceFile _devices;

    public DeviceFileTests() => _devices = new DeviceFile(Path.Combine(_home, "devices"));

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Token_belongs_to_one_account_of_one_server_and_is_replaced()
    {
        _devices.Keep(Node, Alice, [1]);
        _devices.Keep(Node, Name("alice2"), [2]);
        _devices.Keep(ServerAddress.Parse("node.example:1"), Alice, [3]);
        _devices.Keep(Node, Alice, [4]);
        Assert.Equal([4], _devices.Find(Node, Alice).ToArray());
        Assert.Equal([2], _devices.Find(Node, Name("alice2")).ToArray());
        Assert.Equal([3], _devices.Find(ServerAddress.Parse("node.example:1"), Alice).ToArray());
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_home, "devices")).Length);
    }

    [Fact]
    public void Token_beyond_its_limit_or_empty_is_not_kept()
    {
        _devices.Keep(Node, Alice, new byte[129]);
        _devices.Keep(Node, Alice, []);
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
    }

    [Fact]
    public void File_that_cannot_be_used_stops_nothing()
    {
        Directory.CreateDirectory(Path.Combine(_home, "devices"));
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
        _devices.Keep(Node, Alice, [1]);
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
    }

    [Fact]
    public void File_that_others_can_write_is_not_read_and_begun_anew()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = Path.Combine(_home, "devices");
        _devices.Keep(Node, Alice, [1]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
        _devices.Keep(Node, Name("bob"), [2]);
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
        Assert.Equal([2], _devices.Find(Node, Name("bob")).ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Line_that_is_not_base64_is_nothing()
    {
        _devices.Keep(Node, Alice, [1]);
        var file = Path.Combine(_home, "devices");
        File.WriteAllText(file, File.ReadAllText(file).Replace("AQ==", "!!", StringComparison.Ordinal));
        Assert.True(_devices.Find(Node, Alice).IsEmpty);
    }

    private static AccountName Name(string text)
    {
        Assert.True(AccountName.TryPrepare(text, out var name, out _));
        return name;
    }
}
