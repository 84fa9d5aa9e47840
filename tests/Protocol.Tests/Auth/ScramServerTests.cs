using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class ScramServerTests
{
    private const string R = "r=" + ClientNonce;

    [Theory]
    [InlineData("n,,n=alice," + R, "alice")]
    [InlineData("n,,n=a=2Cb=3Dc," + R, "a,b=c")]
    [InlineData("n,,n==3D2C," + R, "=2C")]
    [InlineData("n,,n=Älice," + R, "Älice")]
    [InlineData("y,,n=alice," + R, "alice")]
    [InlineData("n,a=alice,n=alice," + R, "alice")]
    [InlineData("n,a=alice,n=ALICE," + R, "ALICE")]
    [InlineData("n,a=Alice,n=alice," + R, "alice")]
    [InlineData("n,a=no=2Cname,n=no=2Cname," + R, "no,name")]
    [InlineData("n,,n=alice," + R + ",x=extension", "alice")]
    [InlineData("n,,n=alice," + R + ",x=a=b,y=2", "alice")]
    public void A_first_message_gives_the_name(string clientFirst, string name) => Assert.Equal(name, Server(Utf8(clientFirst)).UserName);

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("n,")]
    [InlineData("n,,")]
    [InlineData("n,n=alice," + R)]
    [InlineData(",,n=alice," + R)]
    [InlineData("N,,n=alice," + R)]
    [InlineData("nn,,n=alice," + R)]
    [InlineData("p,,n=alice," + R)]
    [InlineData("p=,,n=alice," + R)]
    [InlineData("p=tls-exporter,,n=alice," + R)]
    [InlineData(" n,,n=alice," + R)]
    [InlineData("n,alice,n=alice," + R)]
    [InlineData("n,a=,n=alice," + R)]
    [InlineData("n,a=al=ice,n=alice," + R)]
    [InlineData("n,,n=alice")]
    [InlineData("n,," + R)]
    [InlineData("n,," + R + ",n=alice")]
    [InlineData("n,,n=," + R)]
    [InlineData("n,,n=alice,r=")]
    [InlineData("n,,n=alice,," + R)]
    [InlineData("n,,n=alice," + R + ",")]
    [InlineData("n,,n=alice," + R + ",x")]
    [InlineData("n,,n=alice," + R + ",x=")]
    [InlineData("n,,n=alice," + R + ",1=x")]
    [InlineData("n,,n=alice," + R + ",é=x")]
    [InlineData("n,,n=alice," + R + ",x=1,x=2")]
    [InlineData("n,,n=alice,n=alice," + R)]
    [InlineData("n,,n=alice," + R + "," + R)]
    [InlineData("n,,n=alice," + R + ",n=bob")]
    [InlineData("n,,n=alice," + R + ",p=x")]
    [InlineData("n,,n=alice," + R + ",e=x")]
    [InlineData("n,,m=1,n=alice," + R)]
    [InlineData("n,,n=alice," + R + ",m=1")]
    [InlineData("n,,N=alice," + R)]
    [InlineData("n,,n=al=ice," + R)]
    [InlineData("n,,n=alice=," + R)]
    [InlineData("n,,n=alice=2," + R)]
    [InlineData("n,,n=alice=2c," + R)]
    [InlineData("n,,n=alice=3d," + R)]
    [InlineData("n,,n=alice\0," + R)]
    [InlineData("n,,n=alice,r=fifteen+letters")]
    [InlineData("n,,n=alice,r=with a space in it")]
    [InlineData("n,,n=alice,r=with+ä+ä+ä+ä+ä+ä+ä")]
    [InlineData("n,,n=alice,r=with\u007fa+delete+in+it")]
    [InlineData("n,,n=alice,r=with\ta+tab+character+in+it")]
    public void A_malformed_first_message_is_a_violation(string clientFirst) => JsonCases.AssertInvalid(() => Server(Utf8(clientFirst)));

    [Fact]
    public void Sizes_have_limits()
    {
        const int Overhead = 3 + 2 + 1 + 2 + 24;
        Assert.NotNull(Server(Utf8($"n,,n={new string('a', ScramMechanism.MaxMessage - Overhead)},{R}")));
        JsonCases.AssertInvalid(() => Server(Utf8($"n,,n={new string('a', ScramMechanism.MaxMessage - Overhead + 1)},{R}")));
        Assert.NotNull(Server(Utf8($"n,,n=alice,r={new string('r', 16)}")));
        Assert.NotNull(Server(Utf8($"n,,n=alice,r={new string('r', 128)}")));
        JsonCases.AssertInvalid(() => Server(Utf8($"n,,n=alice,r={new string('r', 129)}")));
        JsonCases.AssertInvalid(() => Server([.. "n,,n="u8, 0xff, 0xfe, .. Utf8("," + R)]));
    }

    [Theory]
    [InlineData("n,a=bob,n=alice," + R)]
    [InlineData("n,a=admin,n=alice," + R)]
    [InlineData("n,a=no=2Cname,n=alice," + R)]
    [InlineData("n,a=alice,n=no=2Cname," + R)]
    public void Nobody_acts_as_somebody_else(string clientFirst)
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => Server(Utf8(clientFirst)));
        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    [Theory]
    [InlineData(ScramMechanism.Plus, "n,,")]
    [InlineData(ScramMechanism.Plus, "y,,")]
    [InlineData(ScramMechanism.Plus, "p=tls-unique,,")]
    [InlineData(ScramMechanism.Plus, "p=TLS-EXPORTER,,")]
    [InlineData(ScramMechanism.Plus, "p=tls-server-end-point,,")]
    [InlineData(ScramMechanism.Plain, "p=tls-exporter,,")]
    [InlineData("SCRAM-SHA-1", "n,,")]
    [InlineData("", "n,,")]
    public void Mechanism_and_flag_belong_together(string mechanism, string header) =>
        JsonCases.AssertInvalid(() =>
            ScramServer.BeginWith(mechanism, Utf8($"{header}n=alice,{R}"), HelloHash, [Exporter], false, ServerNonce));

    [Theory]
    [InlineData("")]
    [InlineData("c=biws")]
    [InlineData("c=biws,r=NONCE")]
    [InlineData("r=NONCE,c=biws,p=PROOF")]
    [InlineData("c=biws,p=PROOF,r=NONCE")]
    [InlineData("c=biws,r=NONCE,p=PROOF,x=1")]
    [InlineData("c=biws,r=NONCE,p=PROOF,p=PROOF")]
    [InlineData("c=biws,r=NONCE,x=1,x=2,p=PROOF")]
    [InlineData("c=biws,r=NONCE,m=1,p=PROOF")]
    [InlineData("c=biws,r=NONCE,n=bob,p=PROOF")]
    [InlineData("c=biws,r=NONCE,p=")]
    [InlineData("c=biws,r=,p=PROOF")]
    [InlineData("c=,r=NONCE,p=PROOF")]
    [InlineData("c=biws,r=NONCEx,p=PROOF")]
    [InlineData("c=biws,r=fyko+d2lbbFgONRv9qkxdawL,p=PROOF")]
    [InlineData("c=biws,r=NONCE,p=PROO")]
    [InlineData("c=biws,r=NONCE,p= PROOF")]
    [InlineData("c=biws,r=NONCE,p=AAAA")]
    [InlineData("c=biws,r=NONCE,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=")]
    [InlineData("c=biws,r=NONCE,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void A_malformed_final_message_is_a_violation(string clientFinal)
    {
        var (client, server) = Challenged();
        var said = Said(client.Final(Keys)).Split(',');
        var text = clientFinal.Replace("NONCE", said[1][2..], StringComparison.Ordinal)
            .Replace("PROOF", said[2][2..], StringComparison.Ordinal)
            .Replace("PROO", said[2][2..^1], StringComparison.Ordinal);

        JsonCases.AssertInvalid(() => server.Check(Utf8(text)));
    }

    [Theory]
    [InlineData("c=eSws")]
    [InlineData("c=biws=")]
    [InlineData("c=bixhPWFsaWNlLA==")]
    [InlineData("c=AAAA")]
    [InlineData("c=!")]
    public void The_binding_must_be_exactly_the_one_begun_with(string c)
    {
        var (client, server) = Challenged();
        var final = Said(client.Final(Keys));

        var violation = Assert.Throws<ProtocolViolationException>(() => server.Check(Utf8(c + final[6..])));
        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    [Fact]
    public void An_extension_of_the_final_message_is_part_of_what_is_proven()
    {
        var (client, server) = Challenged();

        Assert.Null(server.Check(Utf8(Said(client.Final(Keys)).Replace(",p=", ",x=1,p=", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_wrong_proof_is_no_violation()
    {
        var (client, server) = Challenged();
        var final = Said(client.Final(Keys));

        Assert.Null(server.Check(Utf8($"{final.Split(",p=")[0]},p={Convert.ToBase64String(new byte[32])}")));
    }

    [Fact]
    public void Nonces_are_new_for_every_login()
    {
        var clients = Enumerable.Range(0, 50).Select(_ => new ScramClient(Alice, ClientHello, ServerHello, null, false)).ToList();
        var challenges = clients
            .Select(_ => ScramServer.Begin(ScramMechanism.Plain, clients[0].First(), ClientHello, ServerHello, [], false))
            .Select(server => Said(server.Challenge(Credential)));

        Assert.Distinct(clients.Select(client => Said(client.First())));
        Assert.Distinct(challenges);
    }
}
