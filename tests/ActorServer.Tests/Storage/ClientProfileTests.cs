using System.Net;
using System.Runtime.Versioning;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class ClientProfileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Its base64 has a + in it, which JSON writers like to escape.
    private static readonly byte[] Key = [.. Enumerable.Repeat((byte)0xfb, 32)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_profile_is_written_where_the_client_looks_and_as_it_reads_it()
    {
        var file = ClientProfile.For(new IPEndPoint(IPAddress.Loopback, 7400), "admin", Key).Write(_folder["actornet/profiles"]);

        Assert.Equal(_folder["actornet/profiles/127.0.0.1_7400.json"], file);
        Assert.Equal(
            $$"""{"server":"127.0.0.1:7400","account":"admin","key":"{{Convert.ToBase64String(Key)}}"}""" + "\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_profile_does_not_print_its_key() =>
        Assert.Equal("admin at 127.0.0.1:7400", $"{ClientProfile.For(new IPEndPoint(IPAddress.Loopback, 7400), "admin", Key)}");

    [Fact]
    public void Nobody_but_the_owner_reads_the_profile_or_lists_its_folders()
    {
        var file = ClientProfile.For(new IPEndPoint(IPAddress.Loopback, 7400), "admin", Key).Write(_folder["actornet/profiles"]);

        Assert.Equal(Private, File.GetUnixFileMode(file));
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["actornet/profiles"]));
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["actornet"]));
    }

    [Theory]
    [InlineData("::1", "[::1]:7400", "__1_7400.json")]
    [InlineData("0.0.0.0", "127.0.0.1:7400", "127.0.0.1_7400.json")]
    [InlineData("::", "[::1]:7400", "__1_7400.json")]
    public void The_file_is_named_after_the_address_a_client_connects_to(string address, string server, string name)
    {
        var profile = ClientProfile.For(new IPEndPoint(IPAddress.Parse(address), 7400), "admin", Key);

        Assert.Equal(server, profile.Server);
        Assert.Equal(_folder[name], profile.Write(_folder.Path));
    }

    [Theory]
    [InlineData("127.0.0.1:7400", false, "127.0.0.1:7400")]
    [InlineData("127.0.0.1:7443", false, "tcp://127.0.0.1:7443")]
    [InlineData("127.0.0.1:7443", true, "127.0.0.1:7443")]
    [InlineData("[::1]:7500", true, "tls://[::1]:7500")]
    [InlineData("192.0.2.1:7500", true, "192.0.2.1:7500")]
    [InlineData("192.0.2.1:7400", false, "tcp://192.0.2.1:7400")]
    public void It_says_how_the_listener_is_spoken_to_where_the_client_would_take_it_for_the_other(string endpoint, bool isTls, string server) =>
        Assert.Equal(server, ClientProfile.For(IPEndPoint.Parse(endpoint), "admin", Key, isTls).Server);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("192.0.2.1", false)]
    public void Only_an_address_that_this_machine_reaches_by_loopback_is_local(string address, bool expected) =>
        Assert.Equal(expected, ClientProfile.IsLocal(new IPEndPoint(IPAddress.Parse(address), 7400)));

    [Fact]
    public void A_profile_that_is_right_is_left_alone()
    {
        var profile = ClientProfile.For(new IPEndPoint(IPAddress.Loopback, 7400), "admin", Key);
        var file = profile.Write(_folder.Path);
        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, written);

        profile.Write(_folder.Path);

        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void A_profile_with_another_key_or_open_to_others_is_written_anew()
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, 7400);
        var file = ClientProfile.For(endpoint, "admin", new byte[32]).Write(_folder.Path);
        File.SetUnixFileMode(file, Private | UnixFileMode.OtherRead);

        ClientProfile.For(endpoint, "admin", Key).Write(_folder.Path);

        Assert.Contains(Convert.ToBase64String(Key), File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(Private, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("/x", "/h", "/x/actornet/profiles")]
    [InlineData("", "/h", "/h/.config/actornet/profiles")]
    [InlineData("relative", "/h", "/h/.config/actornet/profiles")]
    [InlineData(null, "/h", "/h/.config/actornet/profiles")]
    [InlineData(null, null, null)]
    public void The_place_follows_the_XDG_rules(string? configHome, string? home, string? expected) =>
        Assert.Equal(expected, ClientProfile.DefaultDirectory(name => name == "HOME" ? home : configHome));
}
