using System.Runtime.Versioning;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class AccountKeysTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_start_makes_a_key_for_admin_that_only_the_owner_reads()
    {
        var keys = AccountKeys.Open(_folder.Path);

        Assert.True(keys.CreatedAdmin);
        Assert.Equal(Private, File.GetUnixFileMode(_folder["admin.key"]));
        Assert.Equal(Convert.ToBase64String(keys.ByAccount["admin"]) + "\n", File.ReadAllText(_folder["admin.key"]));
        Assert.Equal(32, keys.ByAccount["admin"].Length);
    }

    [Fact]
    public void The_second_start_finds_the_same_key()
    {
        var first = AccountKeys.Open(_folder.Path);

        var second = AccountKeys.Open(_folder.Path);

        Assert.False(second.CreatedAdmin);
        Assert.Equal(first.ByAccount["admin"], second.ByAccount["admin"]);
    }

    [Fact]
    public void Two_nodes_have_two_keys()
    {
        using var other = new TemporaryFolder();

        Assert.NotEqual(AccountKeys.Open(_folder.Path).ByAccount["admin"], AccountKeys.Open(other.Path).ByAccount["admin"]);
    }

    [Fact]
    public void Every_key_file_is_an_account()
    {
        var robot = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        File.SetUnixFileMode(_folder.Write("robot.key", Convert.ToBase64String(robot) + "\n"), Private);

        var keys = AccountKeys.Open(_folder.Path);

        Assert.Equal(["admin", "robot"], keys.ByAccount.Keys.Order());
        Assert.Equal(robot, keys.ByAccount["robot"]);
    }

    [Fact]
    public void A_key_that_others_can_read_stops_the_start_and_says_how_to_mend_it()
    {
        AccountKeys.Open(_folder.Path);
        File.SetUnixFileMode(_folder["admin.key"], Private | UnixFileMode.GroupRead);

        var failure = Assert.Throws<StartFailedException>(() => AccountKeys.Open(_folder.Path));

        Assert.Contains($"chmod 600 {_folder["admin.key"]}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all")]
    [InlineData("AAECAw==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_file_that_is_no_key_stops_the_start(string text)
    {
        File.SetUnixFileMode(_folder.Write("admin.key", text), Private);

        var failure = Assert.Throws<StartFailedException>(() => AccountKeys.Open(_folder.Path));

        Assert.Contains("admin.key is no key", failure.Message, StringComparison.Ordinal);
    }
}
