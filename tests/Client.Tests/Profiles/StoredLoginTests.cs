using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Tests.Profiles;

public sealed class StoredLoginTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static readonly ServerAddress Node = ServerAddress.Parse("node.example");
    private static readonly ScramKeys Keys = new([1, 2, 3, 4, 5, 6, 7, 8], 4096, new byte[32], new byte[32]);

    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;
    private readonly ProfileStore _store;

    public StoredLoginTests() => _store = new ProfileStore(name => name == "HOME" ? _home : null);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Login_is_found_again_and_its_server_is_the_current_one()
    {
        Assert.Equal(ServerAddress.Local, _store.Current);
        _store.SaveLogin(Node, "alice", Keys);
        Assert.Equal(Node, _store.Current);
        var profile = _store.Find(null, null);
        Assert.Equal((Node, "alice"), (profile.Server, profile.Account));
        Assert.IsAssignableFrom<ScramCredentials>(profile.Credentials);
        Assert.EndsWith("node.example_7443.login.json", _store.LoginPathOf(Node), StringComparison.Ordinal);
    }

    [Fact]
    public void Logout_of_another_server_leaves_the_current_one()
    {
        _store.SaveLogin(Node, "alice", Keys);
        Assert.Null(_store.DeleteLogin(ServerAddress.Local));
        Assert.Equal(Node, _store.Current);
        Assert.NotNull(_store.DeleteLogin(Node));
        Assert.Equal(ServerAddress.Local, _store.Current);
    }

    [Fact]
    public void Current_file_that_names_no_server_is_an_error()
    {
        _store.SaveLogin(Node, "alice", Keys);
        File.WriteAllText(Path.Combine(_home, ".config", "actornet", "current"), "a b");
        var e = Assert.Throws<ProfileException>(() => _store.Find(null, null));
        Assert.Contains("names no server", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"salt\":\"AAECAwQFBgc=\",\"iterations\":4095,\"client_key\":\"" + Key + "\",\"server_key\":\"" + Key + "\"}")]
    [InlineData("{\"salt\":\"\",\"iterations\":4096,\"client_key\":\"" + Key + "\",\"server_key\":\"" + Key + "\"}")]
    [InlineData("{\"salt\":\"AAECAwQFBgc=\",\"iterations\":4096,\"client_key\":\"AAEC\",\"server_key\":\"" + Key + "\"}")]
    [InlineData("{\"salt\":\"AAECAwQFBgc=\",\"iterations\":4096,\"client_key\":\"" + Key + "\"}")]
    public void Login_that_is_not_whole_is_refused_and_never_quoted(string scram)
    {
        var path = _store.SaveLogin(Node, "alice", Keys);
        File.WriteAllText(path, $$"""{"server":"node.example","account":"alice","scram":{{scram}}}""");
        var e = Assert.Throws<ProfileException>(() => _store.Find(null, null));
        Assert.Contains("run actornet login again", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAEC", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Login_that_cannot_be_written_is_an_error()
    {
        File.WriteAllText(Path.Combine(_home, ".config"), "a file where the folder belongs");
        Assert.Throws<ProfileException>(() => _store.SaveLogin(Node, "alice", Keys));
    }
}
