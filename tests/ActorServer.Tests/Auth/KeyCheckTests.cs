using System.Collections.Immutable;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Auth;

public sealed class KeyCheckTests
{
    private static readonly Handshake Hellos = new("client"u8.ToArray(), "server"u8.ToArray(), []);

    private static byte[] Key(byte seed) => [.. Enumerable.Repeat(seed, HmacLogin.KeyLength)];

    private static byte[] Proof(byte[] key) => HmacLogin.ClientProof(key, Hellos.ClientHello.Span, Hellos.ServerHello.Span, "alice");

    private static ImmutableArray<CandidateKey> Filled(int real) => new LoginDecoys(TestAccounts.Book(), 4096).Fill(
        Enumerable.Range(0, real).Select(i => new CandidateKey($"k-{i}", Key((byte)i))), "alice");

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void Each_key_of_an_account_is_found_and_answered_with(byte which)
    {
        var (key, serverProof) = KeyCheck.Find(Filled(8), Hellos, "alice", KeyCheck.Unbound, Proof(Key(which)));
        Assert.Equal($"k-{which}", key?.Id);
        Assert.Equal(HmacLogin.ServerProof(Key(which), Hellos.ClientHello.Span, Hellos.ServerHello.Span, "alice"), serverProof);
    }

    [Fact]
    public void A_wrong_proof_finds_none() => Assert.Null(KeyCheck.Find(Filled(2), Hellos, "alice", KeyCheck.Unbound, Proof(Key(99))).Key);

    [Fact]
    public void A_proof_with_a_decoy_finds_none()
    {
        var candidates = Filled(2);
        Assert.Null(KeyCheck.Find(candidates, Hellos, "alice", KeyCheck.Unbound, Proof(candidates[5].Secret)).Key);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(20)]
    public void Every_login_is_checked_against_the_same_number(int real) => Assert.Equal(KeyCheck.Candidates, Filled(real).Length);
}
