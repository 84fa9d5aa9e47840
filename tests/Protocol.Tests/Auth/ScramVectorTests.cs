using ActorNet.Protocol.Auth;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

/// <summary>The conversation of RFC 7677, section 3, in which there is no hash of HELLOs.</summary>
public sealed class ScramVectorTests
{
    private const string First = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private const string ServerNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private const string Challenge =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private const string Final =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private const string Proof = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    [Fact]
    public void The_client_says_what_the_rfc_says()
    {
        var client = new ScramClient(Name("user"), null, null, false, "rOprNGfwEbeRWgbNEkqO");

        Assert.Equal(First, Said(client.First()));
        client.ReadChallenge(Utf8(Challenge));
        Assert.Equal(Final, Said(client.Final(ScramKeys.Derive(Password("pencil"), client.Salt, client.Iterations))));
        Assert.True(client.VerifyServer(Utf8(Proof)));
    }

    [Fact]
    public void The_server_says_what_the_rfc_says()
    {
        var server = ScramServer.BeginWith(ScramMechanism.Plain, Utf8(First), null, [], false, ServerNonce);
        var credential = ScramCredential.Create(Password("pencil"), Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

        Assert.Equal("user", server.UserName);
        Assert.Equal(Challenge, Said(server.Challenge(credential)));
        Assert.Equal(Proof, Said(server.Check(Utf8(Final))!));
    }
}
