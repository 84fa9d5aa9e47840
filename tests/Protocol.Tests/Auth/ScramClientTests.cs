using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class ScramClientTests
{
    private const string R = "r=" + ClientNonce + ServerNonce;
    private const string S = "s=AQIDBAUGBwgJCgsMDQ4PEA==";
    private const string I = "i=4096";
    private static readonly string H = $"h={Convert.ToBase64String(HelloHash)}";

    [Fact]
    public void The_header_says_what_the_client_can_do()
    {
        Assert.Equal($"n,,n=alice,r={ClientNonce}", Said(Client().First()));
        Assert.Equal($"y,,n=alice,r={ClientNonce}", Said(Client(serverLacksBinding: true).First()));
        Assert.Equal($"p=tls-exporter,,n=alice,r={ClientNonce}", Said(Client(Exporter).First()));
        Assert.Equal(ScramMechanism.Plain, Client().Mechanism);
        Assert.Equal(ScramMechanism.Plain, Client(serverLacksBinding: true).Mechanism);
        Assert.Equal(ScramMechanism.Plus, Client(Exporter).Mechanism);
        Assert.Throws<ArgumentException>(() => Client(Exporter, serverLacksBinding: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",x=1,y=2")]
    public void A_challenge_gives_salt_and_iterations(string extensions)
    {
        var client = Client();
        client.ReadChallenge(Utf8($"{R},{S},{I},{H}{extensions}"));

        Assert.Equal(Keys.Salt, client.Salt);
        Assert.Equal(4096, client.Iterations);
        Assert.Throws<InvalidOperationException>(() => client.ReadChallenge(Utf8($"{R},{S},{I},{H}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("R")]
    [InlineData("R,S")]
    [InlineData("R,S,I")]
    [InlineData("R,S,H,I")]
    [InlineData("S,R,I,H")]
    [InlineData("R,I,S,H")]
    [InlineData("R,S,I,H,")]
    [InlineData("R,S,I,H,H")]
    [InlineData("R,R,S,I,H")]
    [InlineData("R,S,I,H,m=1")]
    [InlineData("m=1,R,S,I,H")]
    [InlineData("R,S,I,H,v=1")]
    [InlineData("R,S,I,h=")]
    [InlineData("R,S,I,h=AAA")]
    [InlineData("r=,S,I,H")]
    [InlineData("r=somebody+else's+nonce+and+some+more,S,I,H")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL,S,I,H")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL0123456789abcde,S,I,H")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL0123456789 abcdef,S,I,H")]
    [InlineData("R,s=,I,H")]
    [InlineData("R,s=AQIDBAUGBw==,I,H")]
    [InlineData("R,s=AQIDBAUGBwgJCgsMDQ4PEB==,I,H")]
    [InlineData("R,s=not base64,I,H")]
    [InlineData("R,S,i=,H")]
    [InlineData("R,S,i=0,H")]
    [InlineData("R,S,i=1,H")]
    [InlineData("R,S,i=4095,H")]
    [InlineData("R,S,i=04096,H")]
    [InlineData("R,S,i=+4096,H")]
    [InlineData("R,S,i=-4096,H")]
    [InlineData("R,S,i= 4096,H")]
    [InlineData("R,S,i=4096.0,H")]
    [InlineData("R,S,i=1e6,H")]
    [InlineData("R,S,i=٤٠٩٦,H")]
    [InlineData("R,S,i=5000001,H")]
    [InlineData("R,S,i=2147483648,H")]
    [InlineData("R,S,i=99999999999999999999999,H")]
    [InlineData("e=other-error")]
    public void A_malformed_or_unreasonable_challenge_is_a_violation(string challenge)
    {
        var parts = challenge.Split(',').Select(part => part switch { "R" => R, "S" => S, "I" => I, "H" => H, _ => part });
        var client = Client();

        JsonCases.AssertInvalid(() =>
        {
            client.ReadChallenge(Utf8(string.Join(',', parts)));
            return 0;
        });
        Assert.Throws<InvalidOperationException>(() => client.Salt);
        Assert.Throws<InvalidOperationException>(() => client.Iterations);
    }

    [Fact]
    public void A_hash_of_other_hellos_is_a_violation()
    {
        var violation = Assert.Throws<ProtocolViolationException>(
            () => Client().ReadChallenge(Utf8($"{R},{S},{I},h={Convert.ToBase64String(new byte[32])}")));

        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_salt_has_8_to_64_bytes(int length, bool isTaken)
    {
        var challenge = Utf8($"{R},s={Convert.ToBase64String(new byte[length])},{I},{H}");

        if (isTaken) Client().ReadChallenge(challenge);
        else Assert.Throws<ProtocolViolationException>(() => Client().ReadChallenge(challenge));
        Assert.Equal(isTaken, Record.Exception(() => ScramKeys.Derive(Password("a"), new byte[length], 4096)) is null);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(5_000_000, true)]
    [InlineData(4095, false)]
    [InlineData(5_000_001, false)]
    public void Iterations_are_refused_before_they_are_computed(int iterations, bool isTaken)
    {
        var challenge = Utf8($"{R},{S},i={iterations},{H}");

        Assert.Equal(isTaken, Record.Exception(() => Client().ReadChallenge(challenge)) is null);
        if (isTaken) return;
        Assert.Throws<ArgumentOutOfRangeException>(nameof(iterations), () => ScramKeys.Derive(Password("a"), Keys.Salt, iterations));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(iterations), () => ScramCredential.Create(Password("a"), Keys.Salt, iterations));
    }

    [Fact]
    public void Keys_of_another_salt_or_count_are_not_used()
    {
        var (client, _) = Challenged();

        Assert.Throws<ArgumentException>("keys", () => client.Final(Keys with { Iterations = 4097 }));
        Assert.Throws<ArgumentException>("keys", () => client.Final(Keys with { Salt = new byte[16] }));
    }

    [Fact]
    public void The_order_of_steps_is_kept()
    {
        Assert.Throws<InvalidOperationException>(() => Client().Final(Keys));
        Assert.Throws<InvalidOperationException>(() => Client().VerifyServer("v=AAAA"u8));
        Assert.Throws<InvalidOperationException>(() => Challenged().Client.VerifyServer("v=AAAA"u8));
    }

    [Theory]
    [InlineData("Alice")]
    [InlineData("e\u0301")]
    [InlineData("艾丽丝")]
    public void A_name_is_sent_prepared(string name) =>
        Assert.Equal(Name(name).Value, Server(Client(account: Name(name)).First()).UserName);

    [Theory]
    [InlineData("a,b")]
    [InlineData("=2C")]
    [InlineData("==,,")]
    [InlineData("=3D=2C")]
    public void Escaping_goes_both_ways(string name)
    {
        Assert.Equal(name, ScramMessage.Unescape(ScramMessage.Escape(name)));
        Assert.DoesNotContain(',', ScramMessage.Escape(name));
    }

    [Fact]
    public void A_login_with_real_nonces_succeeds_plain_and_bound()
    {
        foreach (var binding in new[] { null, Exporter })
        {
            var client = new ScramClient(Alice, ClientHello, ServerHello, binding, serverLacksBinding: false);
            var server = ScramServer.Begin(client.Mechanism, client.First(), ClientHello, ServerHello, [Exporter], offersPlus: true);
            client.ReadChallenge(server.Challenge(Credential));
            Assert.True(client.VerifyServer(server.Check(client.Final(Keys))));
        }
    }

    [Fact]
    public void Nothing_secret_is_printed() =>
        Assert.DoesNotContain(
            Convert.ToBase64String(Keys.ClientKey)[..8], $"{Keys} {Credential} {Client()}", StringComparison.Ordinal);
}
