using ActorNet.Client.Profiles;

namespace ActorNet.Client.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly ProfileStore _store;

    public ProfileStoreTests()
    {
        _environment["HOME"] = _home;
        _store = new ProfileStore(name => _environment.GetValueOrDefault(name));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Profile_of_a_server_is_found_below_home()
    {
        Write(Path.Combine(_home, ".config", "actornet", "profiles", "127.0.0.1_7400.json"), "127.0.0.1:7400", "admin");
        var profile = _store.Find(null, null);
        Assert.Equal((ServerAddress.Local, "admin"), (profile.Server, profile.Account));
        Assert.Equal(32, ClientOptions.From(profile).Key.Length);
    }

    [Fact]
    public void XDG_CONFIG_HOME_comes_before_home_when_it_is_absolute()
    {
        _environment["XDG_CONFIG_HOME"] = Path.Combine(_home, "x");
        Assert.Equal(Path.Combine(_home, "x", "actornet", "profiles"), _store.Folder);
        _environment["XDG_CONFIG_HOME"] = "x";
        Assert.Equal(Path.Combine(_home, ".config", "actornet", "profiles"), _store.Folder);
    }

    [Fact]
    public void Colons_of_IPv6_become_underscores() =>
        Assert.EndsWith("/__1_7400.json", _store.PathOf(ServerAddress.Parse("::1")), StringComparison.Ordinal);

    [Fact]
    public void Named_file_comes_before_the_variable_and_the_variable_before_the_server()
    {
        Write(Path.Combine(_home, ".config", "actornet", "profiles", "127.0.0.1_7400.json"), "127.0.0.1:7400",
            "by-server");
        _environment[ProfileStore.Variable] = Write(Path.Combine(_home, "v.json"), "b:2", "by-variable");
        var named = Write(Path.Combine(_home, "n.json"), "c:3", "by-name");
        Assert.Equal("by-name", _store.Find(null, named).Account);
        Assert.Equal("by-variable", _store.Find(null, null).Account);
        _environment.Remove(ProfileStore.Variable);
        Assert.Equal("by-server", _store.Find(null, null).Account);
    }

    [Fact]
    public void Server_asked_for_wins_over_the_one_in_the_file()
    {
        var file = Write(Path.Combine(_home, "p.json"), "b:2", "x");
        Assert.Equal("b:2", _store.Find(null, file).Server.ToString());
        Assert.Equal("c:3", _store.Find(ServerAddress.Parse("c:3"), file).Server.ToString());
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Profile_that_others_can_open_is_refused_with_what_to_do(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        var file = Write(Path.Combine(_home, "p.json"), "b:2", "x");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
        var e = Assert.Throws<ProfileException>(() => _store.Find(null, file));
        Assert.Contains($"chmod 600 '{file}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"server\":\"a:1\",\"account\":\"x\"}")]
    [InlineData("{\"server\":\"a:1\",\"account\":\"x\",\"key\":\"c2hvcnQ=\"}")]
    [InlineData("{\"server\":\"a:1\",\"account\":\"\",\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}")]
    [InlineData("{\"server\":\"a:x\",\"account\":\"x\",\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}")]
    public void File_that_is_no_profile_is_named_and_never_quoted(string content)
    {
        var file = Path.Combine(_home, "p.json");
        File.WriteAllText(file, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var e = Assert.Throws<ProfileException>(() => _store.Find(null, file));
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAECAw", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ", e.Message, StringComparison.Ordinal);
    }

    private static string Write(string path, string server, string account)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $$"""{"server":"{{server}}","account":"{{account}}","key":"{{Convert.ToBase64String(
            new byte[32])}}"}""");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
