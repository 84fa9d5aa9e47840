using System.Runtime.Versioning;
using System.Text.Json;

namespace ActorNet.Server.Tests.Administration;

[UnsupportedOSPlatform("windows")]
public sealed class KeyCommandTests : AdminSpec
{
    [Fact]
    public async Task A_key_is_a_profile_on_the_output_and_the_remark_is_not_in_it()
    {
        await DoAsync("user", "add", "robot", "--no-password");

        var said = await RunAsync("key", "add", "robot", "--label", "ci", "--server", "node.example.org:7400");

        var key = Assert.Single(Find("robot")!.Keys);
        Assert.Equal(0, said.ExitCode);
        Assert.Equal(
            $$"""{"server":"node.example.org:7400","account":"robot","key":"{{Convert.ToBase64String(key.Secret)}}"}""" + "\n", said.Out);
        Assert.Contains($"Key {key.Id} of robot was made.", said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(key.Secret), said.Error, StringComparison.Ordinal);
        Assert.Equal("ci", key.Label);
    }

    [Fact]
    public async Task A_key_goes_into_a_new_file_that_only_its_owner_reads_and_not_to_the_output()
    {
        await DoAsync("user", "add", "robot", "--no-password");

        var said = await DoAsync("key", "add", "robot", "--label", "ci", "--out", PathOf("robot.json"));

        var secret = Convert.ToBase64String(Find("robot")!.Keys[0].Secret);
        Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("robot.json")));
        var profile = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("robot.json"))).RootElement;
        Assert.Equal(secret, profile.GetProperty("key").GetString());
        Assert.Equal("127.0.0.1:7400", profile.GetProperty("server").GetString());
    }

    [Fact]
    public async Task A_file_that_exists_is_left_alone_and_no_key_is_made()
    {
        await DoAsync("user", "add", "robot", "--no-password");
        await File.WriteAllTextAsync(PathOf("robot.json"), "mine");

        Refused(await RunAsync("key", "add", "robot", "--label", "ci", "--out", PathOf("robot.json")), 1, "exists already");
        Refused(await RunAsync("key", "add", "robot", "--label", "ci", "--out", PathOf("no/such/place")), 1, "cannot be written");

        Assert.Equal("mine", await File.ReadAllTextAsync(PathOf("robot.json")));
        Assert.Empty(Find("robot")!.Keys);
    }

    [Fact]
    public async Task A_refused_key_leaves_no_file()
    {
        await DoAsync("user", "add", "robot", "--no-password");

        Refused(await RunAsync("key", "add", "nobody", "--label", "ci", "--out", PathOf("robot.json")), 1, "There is no account nobody");

        Assert.False(File.Exists(PathOf("robot.json")));
    }

    [Theory]
    [InlineData("node.example.org")]
    [InlineData("node.example.org:0")]
    [InlineData("node.example.org:70000")]
    [InlineData("node.example.org:-1")]
    [InlineData(":7400")]
    [InlineData("2001:db8::1:7400")]
    [InlineData("[192.0.2.1]:7400")]
    [InlineData("a b:7400")]
    [InlineData("http://node.example.org:7400")]
    [InlineData("\u001b[2J:7400")]
    public async Task An_address_that_is_none_is_refused(string server)
    {
        await DoAsync("user", "add", "robot", "--no-password");

        Refused(await RunAsync("key", "add", "robot", "--label", "ci", "--server", server), 2, "--server takes HOST:PORT with TLS");
        Assert.Empty(Find("robot")!.Keys);
    }

    [Theory]
    [InlineData("[2001:db8::1]:7400")]
    [InlineData("192.0.2.1:7400")]
    [InlineData("localhost:1")]
    [InlineData("tcp://192.0.2.1:7400")]
    [InlineData("tls://127.0.0.1:7000")]
    public async Task An_address_is_taken_as_it_is_written(string server)
    {
        await DoAsync("user", "add", "robot", "--no-password");

        var said = await RunAsync("key", "add", "robot", "--label", "ci", "--server", server);

        Assert.Contains($"\"server\":\"{server}\"", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_listener_has_a_port_the_address_must_be_given()
    {
        await DoAsync("user", "add", "robot", "--no-password");

        var said = await RunAsync(
            "key", "add", "robot", "--label", "ci", "--set", "actornet.listeners.native.port=0", "--set", "actornet.listeners.tls.port=0");

        Refused(said, 2, "add --server HOST:PORT");
    }

    [Fact]
    public async Task A_listener_with_TLS_on_a_port_of_its_own_is_named_as_such()
    {
        await DoAsync("user", "add", "robot", "--no-password");

        var said = await RunAsync(
            "key", "add", "robot", "--label", "ci", "--set", "actornet.listeners.native.port=0", "--set", "actornet.listeners.tls.port=7500");

        Assert.Contains("\"server\":\"tls://127.0.0.1:7500\"", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_is_needed_and_taken_once()
    {
        await DoAsync("user", "add", "robot", "--no-password");
        await RunAsync("key", "add", "robot", "--label", "ci");

        Assert.Equal(2, (await RunAsync("key", "add", "robot")).ExitCode);
        Refused(await RunAsync("key", "add", "robot", "--label", "ci"), 1, "has a key labelled 'ci' already");
        Refused(await RunAsync("key", "add", "robot", "--label", "a\nb"), 2, "The label has U+000A");
    }

    [Fact]
    public async Task Keys_are_listed_by_account_and_revoked_by_id()
    {
        await DoAsync("user", "add", "ann", "--no-password");
        await DoAsync("user", "add", "bob", "--no-password");
        await RunAsync("key", "add", "ann", "--label", "laptop");
        await RunAsync("key", "add", "bob", "--label", "phone");
        var (ann, bob) = (Find("ann")!.Keys[0], Find("bob")!.Keys[0]);

        var all = await DoAsync("key", "list");
        Assert.Contains(ann.Id, all, StringComparison.Ordinal);
        Assert.Contains(bob.Id, all, StringComparison.Ordinal);
        var some = JsonDocument.Parse(await DoAsync("key", "list", "bob", "--json")).RootElement;
        Assert.Equal([bob.Id], some.EnumerateArray().Select(key => key.GetProperty("id").GetString()));

        Assert.Equal($"Key {ann.Id} of ann was revoked.\n", await DoAsync("key", "revoke", ann.Id));
        Assert.Empty(Find("ann")!.Keys);
        Refused(await RunAsync("key", "revoke", ann.Id), 1, $"There is no key '{ann.Id}'; actorserver key list");
    }
}
