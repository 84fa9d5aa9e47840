using ActorNet.Client.Profiles;
using ActorNet.Client.Tests.Support;
using ActorNet.Client.Trust;

namespace ActorNet.Client.Tests.Trust;

public sealed class KnownHostsTests : IDisposable
{
    private static readonly Fingerprint One = Fingerprint.Of(TestCertificate.One.RawData);
    private static readonly Fingerprint Other = Fingerprint.Of(TestCertificate.Other.RawData);
    private static readonly ServerAddress Node = ServerAddress.Parse("tls://node.example:7443");

    private readonly string _home = Directory.CreateTempSubdirectory("actornet-test-").FullName;
    private readonly string _file;
    private readonly KnownHosts _hosts;

    public KnownHostsTests()
    {
        _hosts = KnownHosts.Of(name => name == "XDG_CONFIG_HOME" ? _home : null);
        _file = Path.Combine(_home, "actornet", "known_hosts");
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Server_is_known_after_it_was_added_and_the_file_is_private()
    {
        Assert.Null(_hosts.Find(Node));
        _hosts.Add(Node, One);
        Assert.Equal((One, 1), _hosts.Find(Node));
        Assert.Equal($"node.example:7443 {One}\n", File.ReadAllText(_file));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_file)!));
    }

    [Fact]
    public void Port_belongs_to_the_name()
    {
        _hosts.Add(Node, One);
        Assert.Null(_hosts.Find(ServerAddress.Parse("tls://node.example:7444")));
        Assert.Null(_hosts.Find(ServerAddress.Parse("tls://ode.example:7443")));
    }

    [Fact]
    public void Lines_of_a_person_stay_as_they_are()
    {
        Write($"# ours\n\n[::1]:7443 {Other}\r\nb:1 {One}");
        Assert.Equal((Other, 3), _hosts.Find(ServerAddress.Parse("tls://[::1]")));
        _hosts.Add(Node, One);
        Assert.Equal($"# ours\n\n[::1]:7443 {Other}\r\nb:1 {One}\nnode.example:7443 {One}\n", File.ReadAllText(_file));
    }

    [Fact]
    public void Adding_again_what_is_known_changes_nothing_and_another_certificate_is_refused()
    {
        _hosts.Add(Node, One);
        _hosts.Add(Node, One);
        var e = Assert.Throws<ServerIdentityException>(() => _hosts.Add(Node, Other));
        Assert.Contains(One.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains(Other.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains($"remove line 1 of {_file}", e.Message, StringComparison.Ordinal);
        Assert.Equal($"node.example:7443 {One}\n", File.ReadAllText(_file));
    }

    [Fact]
    public async Task Clients_that_add_at_the_same_time_lose_no_line()
    {
        const int clients = 24;
        await Task.WhenAll(Enumerable.Range(1, clients).Select(port => Task.Run(() =>
            new KnownHosts(_file).Add(ServerAddress.Parse($"tls://node.example:{port}"), One))));
        Assert.Equal(clients, File.ReadAllLines(_file).Length);
        Assert.All(
            Enumerable.Range(1, clients),
            port => Assert.NotNull(_hosts.Find(ServerAddress.Parse($"tls://node.example:{port}"))));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(_file)!), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("node.example:7443")]
    [InlineData("node.example SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("node.example:7443 SHA256:AAAA")]
    [InlineData("node.example:7443 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA more")]
    [InlineData(" node.example:7443 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("a:1 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nb:2 SHA2")]
    public void Damaged_file_is_believed_in_no_line(string content)
    {
        Write(content);
        var e = Assert.Throws<ServerIdentityException>(() => _hosts.Find(ServerAddress.Parse("tls://elsewhere:1")));
        Assert.Contains($"{_file} is damaged", e.Message, StringComparison.Ordinal);
        Assert.Throws<ServerIdentityException>(() => _hosts.Add(Node, One));
        Assert.Equal(content, File.ReadAllText(_file));
    }

    [Fact]
    public void Two_certificates_of_one_server_are_damage()
    {
        Write($"node.example:7443 {One}\nnode.example:7443 {Other}\n");
        Assert.Throws<ServerIdentityException>(() => _hosts.Find(Node));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_damage()
    {
        Write("");
        File.WriteAllBytes(_file, [0xff, 0xfe, 0x0a]);
        Assert.Contains("not UTF-8", Assert.Throws<ServerIdentityException>(() => _hosts.Find(Node)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void File_that_others_can_open_is_refused_with_what_to_do(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        _hosts.Add(Node, One);
        File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
        var e = Assert.Throws<ServerIdentityException>(() => _hosts.Find(Node));
        Assert.Contains($"chmod 600 '{_file}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_cannot_be_read_is_an_error_and_not_an_empty_one()
    {
        Directory.CreateDirectory(_file);
        var e = Assert.Throws<ServerIdentityException>(() => _hosts.Find(Node));
        Assert.Contains("cannot be read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_beyond_its_limit_is_refused()
    {
        Write(new string('\n', PrivateFile.MaxSize + 1));
        Assert.Throws<ServerIdentityException>(() => _hosts.Find(Node));
    }

    [Fact]
    public void What_cannot_be_kept_is_an_error()
    {
        File.WriteAllText(Path.Combine(_home, "actornet"), "a file where the folder belongs");
        var e = Assert.Throws<ServerIdentityException>(() => _hosts.Add(Node, One));
        Assert.Contains("cannot be kept", e.Message, StringComparison.Ordinal);
    }

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
