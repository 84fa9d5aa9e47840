using ActorNet.Client.Profiles;

namespace ActorNet.Client.Tests.Profiles;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:7400", "127.0.0.1", 7400)]
    [InlineData("127.0.0.1", "127.0.0.1", 7400)]
    [InlineData("localhost:1", "127.0.0.1", 1)]
    [InlineData("LocalHost", "127.0.0.1", 7400)]
    [InlineData("Node.Example:65535", "node.example", 65535)]
    [InlineData("[::1]:7401", "::1", 7401)]
    [InlineData("[::1]", "::1", 7400)]
    [InlineData("::1", "::1", 7400)]
    [InlineData("node.example", "node.example", 7443)]
    [InlineData("10.0.0.5", "10.0.0.5", 7443)]
    [InlineData("0:0:0:0:0:0:0:1", "::1", 7400)]
    public void Address_as_a_person_writes_it_is_read(string text, string host, int port) =>
        Assert.Equal(new ServerAddress(host, port), ServerAddress.Parse(text));

    [Theory]
    [InlineData("tls://node.example", Transport.Tls, 7443)]
    [InlineData("TLS://node.example:1", Transport.Tls, 1)]
    [InlineData("tcp://node.example", Transport.Tcp, 7400)]
    [InlineData("tcp://node.example:7443", Transport.Tcp, 7443)]
    [InlineData("tls://127.0.0.1", Transport.Tls, 7443)]
    [InlineData("tls://[::1]:7400", Transport.Tls, 7400)]
    [InlineData("node.example:7400", Transport.Tls, 7400)]
    [InlineData("node.example", Transport.Tls, 7443)]
    [InlineData("192.0.2.1:7400", Transport.Tls, 7400)]
    [InlineData("0.0.0.0:7400", Transport.Tls, 7400)]
    [InlineData("localhost.example", Transport.Tls, 7443)]
    [InlineData("127.0.0.1.example", Transport.Tls, 7443)]
    [InlineData("127.0.0.1", Transport.Tcp, 7400)]
    [InlineData("127.255.0.9:9000", Transport.Tcp, 9000)]
    [InlineData("localhost", Transport.Tcp, 7400)]
    [InlineData("::1", Transport.Tcp, 7400)]
    [InlineData("127.0.0.1:7443", Transport.Tls, 7443)]
    [InlineData("localhost:7443", Transport.Tls, 7443)]
    public void Plaintext_leaves_the_machine_only_where_tcp_is_written(string text, Transport transport, int port)
    {
        var address = ServerAddress.Parse(text);
        Assert.Equal((transport, port), (address.Transport, address.Port));
        Assert.Equal(address, ServerAddress.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7400")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:+1")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("a/../b:1")]
    [InlineData("a b")]
    [InlineData("tls://")]
    [InlineData("tls://tcp://a")]
    [InlineData("http://a")]
    [InlineData("ssl://a:1")]
    public void Anything_else_is_not(string text) => Assert.Throws<FormatException>(() => ServerAddress.Parse(text));

    [Fact]
    public void Address_is_written_as_it_is_read()
    {
        Assert.Equal("[::1]:7400", ServerAddress.Parse("::1").ToString());
        Assert.Equal("127.0.0.1:7400", ServerAddress.Local.ToString());
        Assert.Equal("node.example:7443", ServerAddress.Parse("tls://node.example").ToString());
        Assert.Equal("tcp://node.example:7400", ServerAddress.Parse("tcp://node.example").ToString());
        Assert.Equal("tls://127.0.0.1:7400", ServerAddress.Parse("tls://127.0.0.1:7400").ToString());
        Assert.Equal("127.0.0.1:7400", ServerAddress.Parse("tls://127.0.0.1:7400").HostAndPort);
    }
}
