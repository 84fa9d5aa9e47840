using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

/// <summary>Classic attacks on challenge and response.</summary>
public sealed class ScramAttackTests
{
    [Fact]
    public void The_servers_proof_sent_back_is_no_proof()
    {
        var (client, server) = Challenged();
        var final = Said(client.Final(Keys));
        var signature = Said(server.Check(Utf8(final))!)[2..];

        Assert.Null(Challenged().Server.Check(Utf8(final[..(final.LastIndexOf(',') + 3)] + signature)));
    }

    [Fact]
    public void The_proof_of_another_login_is_refused()
    {
        var recorded = new ScramClient(Alice, HelloHash, null, false, "another+nonce+of+24+chars");
        var recording = Server(recorded.First());
        recorded.ReadChallenge(recording.Challenge(Credential));
        var old = Said(recorded.Final(Keys));
        Assert.NotNull(recording.Check(Utf8(old)));

        var replayed = Server(recorded.First());
        var fresh = ScramServer.BeginWith(ScramMechanism.Plain, recorded.First(), HelloHash, [], false, "fresh+nonce+of+24+characters");
        replayed.Challenge(Credential);
        fresh.Challenge(Credential);

        // only because this server's nonce is the same again, as no real one is
        Assert.NotNull(replayed.Check(Utf8(old)));
        JsonCases.AssertInvalid(() => fresh.Check(Utf8(old)));
    }

    [Fact]
    public void A_proof_for_other_nonces_proves_nothing()
    {
        var other = new ScramClient(Alice, HelloHash, null, false, "another+nonce+of+24+chars");
        other.ReadChallenge(Server(other.First()).Challenge(Credential));
        var (client, server) = Challenged();
        var final = Said(client.Final(Keys));
        var otherProof = Said(other.Final(Keys)).Split(",p=")[1];

        Assert.Null(server.Check(Utf8($"{final.Split(",p=")[0]},p={otherProof}")));
    }

    [Fact]
    public void Proofs_of_two_logins_at_once_cannot_be_swapped()
    {
        var (first, firstServer) = Challenged();
        var second = Client(account: Name("bob"));
        var secondServer = Server(second.First());
        second.ReadChallenge(secondServer.Challenge(Credential));
        var (firstFinal, secondFinal) = (first.Final(Keys), second.Final(Keys));

        Assert.Null(firstServer.Check(secondFinal));
        Assert.Null(secondServer.Check(firstFinal));
        var again = Server(Client(account: Name("bob")).First());
        again.Challenge(Credential);
        var proofForSecond = again.Check(secondFinal);
        Assert.True(second.VerifyServer(proofForSecond));
        Assert.False(first.VerifyServer(proofForSecond));
    }

    [Fact]
    public void The_keys_of_another_password_prove_nothing()
    {
        var (client, server) = Challenged();

        Assert.Null(server.Check(client.Final(ScramKeys.Derive(Password("Pencil"), Keys.Salt, Keys.Iterations))));
    }

    // Who stole what the server keeps can check proofs, and not make one.
    [Fact]
    public void What_the_server_keeps_is_not_enough_to_log_in()
    {
        var (client, server) = Challenged();

        Assert.Null(server.Check(client.Final(Keys with { ClientKey = Credential.StoredKey })));
    }

    [Fact]
    public void Who_does_not_have_the_server_key_is_no_server()
    {
        var (client, server) = Challenged();
        server.Check(client.Final(Keys));
        var other = Challenged();
        var imposter = Server(Client().First());
        imposter.Challenge(Credential with { ServerKey = Credential.StoredKey });

        var proof = imposter.Check(other.Client.Final(Keys));

        Assert.NotNull(proof);
        Assert.False(client.VerifyServer(proof));
    }

    [Fact]
    public void A_challenge_is_answered_once()
    {
        var (client, server) = Challenged();
        var final = client.Final(Keys);

        Assert.NotNull(server.Check(final));
        Assert.Throws<InvalidOperationException>(() => server.Check(final));
        Assert.Throws<InvalidOperationException>(() => server.Challenge(Credential));
        Assert.Throws<InvalidOperationException>(() => Server(Client().First()).Check(final));
    }

    [Theory]
    [InlineData("""{"version":1,"software":"s","nonce":"","mechanisms":["SCRAM-SHA-256"]}""")]
    [InlineData("""{"version":1,"software":"s","nonce":"" }""")]
    [InlineData("")]
    public void Hellos_that_the_two_sides_saw_differently_end_the_login(string serverHello)
    {
        var client = new ScramClient(Alice, ClientHello, Utf8(serverHello), null, false);
        var server = ScramServer.Begin(ScramMechanism.Plain, client.First(), ClientHello, ServerHello, [], false);

        var violation = Assert.Throws<ProtocolViolationException>(() => client.ReadChallenge(server.Challenge(Credential)));
        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    // Who strips the mechanisms from HELLO and puts the hash that the client expects into the challenge still cannot make the proofs agree.
    [Fact]
    public void A_hash_put_right_on_the_way_breaks_the_proof()
    {
        var deceived = HelloParts.Hash(ClientHello, "{}"u8);
        var client = new ScramClient(Alice, deceived, null, false, ClientNonce);
        var server = Server(client.First());
        var challenge = Said(server.Challenge(Credential));
        client.ReadChallenge(Utf8(challenge.Replace(
            Convert.ToBase64String(HelloHash), Convert.ToBase64String(deceived), StringComparison.Ordinal)));

        Assert.Null(server.Check(client.Final(Keys)));
    }

    [Fact]
    public void A_client_that_was_told_there_is_no_binding_is_refused_by_a_server_that_has_one()
    {
        var first = Client(serverLacksBinding: true).First();

        Assert.Equal("y,,", Said(first)[..3]);
        Assert.NotNull(Server(first, offersPlus: false));
        var violation = Assert.Throws<ProtocolViolationException>(() => Server(first, offersPlus: true));
        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    [Fact]
    public void A_proof_bound_to_one_connection_is_refused_on_another()
    {
        var (client, _) = Challenged(Exporter);
        var otherConnection = Exporter with { Data = new byte[32] };
        var server = Server(client.First(), otherConnection);
        server.Challenge(Credential);

        var violation = Assert.Throws<ProtocolViolationException>(() => server.Check(client.Final(Keys)));
        Assert.Equal(ErrorCode.Unauthenticated, violation.Code);
    }

    [Fact]
    public void A_binding_of_another_type_with_the_same_bytes_is_another_binding()
    {
        var endPoint = Exporter with { Type = ChannelBinding.TlsServerEndPoint };
        var client = Client(endPoint);
        var server = ScramServer.BeginWith(
            ScramMechanism.Plus, client.First(), HelloHash, [Exporter, endPoint], true, ServerNonce);
        client.ReadChallenge(server.Challenge(Credential));
        var final = Said(client.Final(Keys));
        var otherHeader = Convert.ToBase64String([.. "p=tls-exporter,,"u8, .. Exporter.Data.Span]);

        Assert.Throws<ProtocolViolationException>(() => server.Check(Utf8($"c={otherHeader}{final[final.IndexOf(',', 0)..]}")));
    }
}
