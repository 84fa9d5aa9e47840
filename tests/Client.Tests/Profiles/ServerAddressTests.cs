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
    public void Address_as_a_person_writes_it_is_read(string text, string host, int port) =>
        Assert.Equal(new ServerAddress(host, port), ServerAddress.Parse(text));

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
    public void Anything_else_is_not(string text) => Assert.Throws<FormatException>(() => ServerAddress.Parse(text));

    [Fact]
    public void Address_is_written_as_it_is_read()
    {
        Assert.Equal("[::1]:7400", ServerAddress.Parse("::1").ToString());
        Assert.Equal("127.0.0.1:7400", ServerAddress.Local.ToString());
    }
}
