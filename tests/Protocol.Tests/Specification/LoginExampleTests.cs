using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Json;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>The worked example of the login comes out of the stated key and the stated HELLOs.</summary>
public sealed class LoginExampleTests
{
    private static readonly Dictionary<string, string> Stated =
        SpecificationDocument.Blocks.Single(block => block.Kind == "login-example").Lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => words[1]);

    private static readonly byte[] Key = Wire.Hex(Stated["key"]);

    [Fact]
    public void The_proofs_are_those_of_the_key_the_hellos_and_the_account()
    {
        var (client, server) = (SpecificationDocument.Payload("hello-client"), SpecificationDocument.Payload("hello-server"));

        Assert.Equal(Stated["client-proof"], Convert.ToHexStringLower(HmacLogin.ClientProof(Key, client, server, Stated["account"])));
        Assert.Equal(Stated["server-proof"], Convert.ToHexStringLower(HmacLogin.ServerProof(Key, client, server, Stated["account"])));
    }

    [Fact]
    public void Auth_and_authenticated_carry_these_proofs()
    {
        var auth = ProtocolJson.Decode(SpecificationDocument.Payload("auth"), ProtocolJsonContext.Default.Authenticate);
        var authenticated = ProtocolJson.Decode(SpecificationDocument.Payload("authenticated"), ProtocolJsonContext.Default.Authenticated);

        Assert.Equal(HmacLogin.Mechanism, auth.Mechanism);
        Assert.Equal((Stated["account"], Stated["account"]), (auth.Account, authenticated.Account));
        Assert.Equal(Stated["client-proof"], Convert.ToHexStringLower(auth.Data));
        Assert.Equal(Stated["server-proof"], Convert.ToHexStringLower(authenticated.Data));
    }

    [Fact]
    public void The_server_offers_what_the_client_uses_and_speaks_a_version_the_client_knows()
    {
        var client = ProtocolJson.Decode(SpecificationDocument.Payload("hello-client"), ProtocolJsonContext.Default.ClientHello);
        var server = ProtocolJson.Decode(SpecificationDocument.Payload("hello-server"), ProtocolJsonContext.Default.ServerHello);

        Assert.Contains(server.Version, client.Versions);
        Assert.Contains(HmacLogin.Mechanism, server.Mechanisms);
        Assert.NotEqual(client.Nonce, server.Nonce);
    }
}
