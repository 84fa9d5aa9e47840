using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class ScramFuzzTests
{
    private static readonly FsCheck.Gen<byte[]> Messages =
        Gen.Elements(
                "n,,", "y,,", "p=tls-exporter,,", ",", "=", "n=", "r=", "s=", "i=", "c=", "p=", "h=", "m=", "v=", "e=", "a=", "x=1",
                "=2C", "=3D",
                "alice", "4096", "biws", "AAAA", ClientNonce, ServerNonce, "r=" + ClientNonce + ServerNonce, "\0", "é", "\ud83d\ude00",
                "s=AQIDBAUGBwgJCgsMDQ4PEA==", "i=4096", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
            .ListOf().Select(tokens => Utf8(string.Join(tokens.Count % 2 == 0 ? "," : "", tokens)));

    [Fact]
    public void Random_bytes_throw_nothing_but_a_violation() => Property.Holds(Property.Bytes, ReadsOrViolates, 1_000);

    [Fact]
    public void Messages_put_together_at_random_throw_nothing_but_a_violation() => Property.Holds(Messages, ReadsOrViolates, 3_000);

    private static void ReadsOrViolates(byte[] message)
    {
        Try(() => Server(message).Challenge(Credential));
        Try(() => Server(message, Exporter, offersPlus: true).Challenge(Credential));
        Try(() => Client().ReadChallenge(message));
        var (client, server) = Challenged();
        Try(() => Assert.Null(server.Check(message)));
        client.Final(Keys);
        Assert.False(client.VerifyServer(message));
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (ProtocolViolationException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
