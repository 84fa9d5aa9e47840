using System.Security.Cryptography;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Json;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>The worked example of SCRAM comes out of the stated password, salt, binding and HELLOs, which another program computed.</summary>
public sealed class ScramExampleTests
{
    private static readonly Dictionary<string, string> Stated =
        SpecificationDocument.Blocks.Single(block => block.Kind == "scram-example").Lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => words[1]);

    private static readonly byte[] ClientHello = SpecificationDocument.Payload("hello-client");
    private static readonly byte[] ServerHello = SpecificationDocument.Payload("hello-server-scram");
    private static readonly ChannelBinding Binding = new(ChannelBinding.TlsExporter, Wire.Hex(Stated["binding"]));

    private static readonly ScramKeys Keys =
        ScramKeys.Derive(ScramLogin.Password(Stated["password"]), Wire.Hex(Stated["salt"]), int.Parse(Stated["iterations"], null));

    [Fact]
    public void The_keys_are_those_of_the_password()
    {
        Assert.Equal(Stated["client-key"], Convert.ToHexStringLower(Keys.ClientKey));
        Assert.Equal(Stated["stored-key"], Convert.ToHexStringLower(SHA256.HashData(Keys.ClientKey)));
        Assert.Equal(Stated["server-key"], Convert.ToHexStringLower(Keys.ServerKey));
    }

    [Fact]
    public void Both_sides_say_what_the_page_says()
    {
        var hash = HelloParts.Hash(ClientHello, ServerHello);
        var client = new ScramClient(ScramLogin.Alice, hash, Binding, false, ScramLogin.ClientNonce);
        Assert.Equal(Stated["client-first"], ScramLogin.Said(client.First()));

        var server = ScramServer.BeginWith(client.Mechanism, client.First(), hash, [Binding], true, ScramLogin.ServerNonce);
        var challenge = server.Challenge(new ScramCredential(Keys.Salt, Keys.Iterations, Wire.Hex(Stated["stored-key"]), Keys.ServerKey));
        Assert.Equal(Stated["server-first"], ScramLogin.Said(challenge));

        client.ReadChallenge(challenge);
        var final = client.Final(Keys);
        Assert.Equal(Stated["client-final"], ScramLogin.Said(final));

        var serverFinal = server.Check(final);
        Assert.NotNull(serverFinal);
        Assert.Equal(Stated["server-final"], ScramLogin.Said(serverFinal));
        Assert.True(client.VerifyServer(serverFinal));
    }

    [Theory]
    [InlineData("scram-first", "client-first")]
    [InlineData("scram-challenge", "server-first")]
    [InlineData("scram-final", "client-final")]
    public void Each_auth_carries_its_message(string frame, string message)
    {
        var auth = ProtocolJson.Decode<Authenticate>(SpecificationDocument.Payload(frame), ProtocolJsonContext.Default.Authenticate);

        Assert.Equal((ScramMechanism.Plus, null), (auth.Mechanism, auth.Account));
        Assert.Equal(Stated[message], ScramLogin.Said(auth.Data));
        Assert.Equal(frame == "scram-first", auth.Device is not null);
    }

    [Fact]
    public void Authenticated_carries_the_servers_proof_and_the_prepared_account()
    {
        var authenticated =
            ProtocolJson.Decode<Authenticated>(SpecificationDocument.Payload("scram-authenticated"), ProtocolJsonContext.Default.Authenticated);

        Assert.Equal(Stated["server-final"], ScramLogin.Said(authenticated.Data));
        Assert.Equal("alice", authenticated.Account);
        Assert.NotNull(authenticated.Device);
    }

    [Fact]
    public void The_server_offers_the_mechanism_and_the_binding()
    {
        var hello = ProtocolJson.Decode<ServerHello>(ServerHello, ProtocolJsonContext.Default.ServerHello);

        Assert.Equal([ScramMechanism.Plus, ScramMechanism.Plain, HmacLogin.PlusMechanism, HmacLogin.Mechanism], hello.Mechanisms);
        Assert.Equal([Binding.Type], hello.ChannelBindings!);
    }

    // The second half of the example of HMAC, over the same HELLOs and binding.
    [Fact]
    public void The_bound_proofs_of_hmac_are_those_of_the_page()
    {
        var stated = SpecificationDocument.Blocks.Single(block => block.Kind == "login-example").Lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => words[1]);
        var key = Wire.Hex(stated["key"]);

        Assert.Equal(
            stated["bound-client-proof"], Convert.ToHexStringLower(HmacLogin.ClientProof(key, ClientHello, ServerHello, "alice", Binding)));
        Assert.Equal(
            stated["bound-server-proof"], Convert.ToHexStringLower(HmacLogin.ServerProof(key, ClientHello, ServerHello, "alice", Binding)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_device_token_has_1_to_128_bytes(int length, bool isTaken)
    {
        var device = Convert.ToBase64String(new byte[length]);
        var auth = $$"""{"mechanism":"m","data":"","device":"{{device}}"}""";
        var authenticated = $$"""{"account":"a","data":"","node":"n","services":[],"max_channels":1,"device":"{{device}}"}""";

        if (isTaken)
        {
            Assert.Equal(length, JsonCases.Decode(auth, ProtocolJsonContext.Default.Authenticate).Device!.Length);
            Assert.Equal(length, JsonCases.Decode(authenticated, ProtocolJsonContext.Default.Authenticated).Device!.Length);
            return;
        }

        Assert.Contains($"{length} bytes", JsonCases.Refused(auth, ProtocolJsonContext.Default.Authenticate), StringComparison.Ordinal);
        Assert.Contains(
            $"{length} bytes", JsonCases.Refused(authenticated, ProtocolJsonContext.Default.Authenticated), StringComparison.Ordinal);
    }
}
