using System.Text;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class HmacLoginTests
{
    // The vectors were computed with Python's hmac and checked with openssl, by the text of the specification.
    private const string ClientHello =
        """{"versions":[1],"software":"example/1.0","nonce":"oKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr8="}""";

    private const string ServerHello =
        """{"version":1,"software":"actorserver/0.1.0","nonce":"wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t8=","""
        + "\"mechanisms\":[\"HMAC-SHA-256\"],\"features\":[]}";

    private static readonly byte[] Key = [.. Enumerable.Range(0, HmacLogin.KeyLength).Select(value => (byte)value)];

    private delegate byte[] ProofFunction(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> clientHello, ReadOnlySpan<byte> serverHello, string account,
        ChannelBinding? binding = null);

    [Fact]
    public void Proofs_are_frozen()
    {
        Assert.Equal(
            "71e02c4bc29beb4b123f2ebc8f8181df1e620bec50b2d532449821a47a0c9c7d",
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice"));
        Assert.Equal(
            "87eec70f7fb3281b12b3178166da8815bdbfa300edbbcd752ab679a5a84c9cd5",
            Hex(HmacLogin.ServerProof, Key, ClientHello, ServerHello, "alice"));
        Assert.Equal(HmacLogin.ProofLength, HmacLogin.ClientProof(Key, [], [], "").Length);
    }

    [Fact]
    public void Bound_proofs_are_frozen()
    {
        Assert.Equal(
            "32862012a64c6cb847a59ed1f141853b94ad11d42aeafd74d237b316051f99b4",
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter));
        Assert.Equal(
            "030b79b51d80d546efd32614c78240782592a24322b8170eecd6269dd40d1fb4",
            Hex(HmacLogin.ServerProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter));
    }

    [Fact]
    public void A_bound_proof_differs_when_the_binding_differs() =>
        Assert.Distinct(
            [
                Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice"),
                Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter),
                Hex(HmacLogin.ServerProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter),
                Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter with { Type = "other" }),
                Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice", ScramLogin.Exporter with { Data = new byte[32] }),
                Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice", new ChannelBinding("", default)),
            ]);

    [Fact]
    public void A_proof_differs_when_any_part_differs()
    {
        byte[] otherKey = [.. Key];
        otherKey[31] ^= 1;
        string[] proofs =
        [
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alice"),
            Hex(HmacLogin.ServerProof, Key, ClientHello, ServerHello, "alice"),
            Hex(HmacLogin.ClientProof, otherKey, ClientHello, ServerHello, "alice"),
            Hex(HmacLogin.ClientProof, Key, ClientHello + " ", ServerHello, "alice"),
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello + " ", "alice"),
            Hex(HmacLogin.ClientProof, Key, ServerHello, ClientHello, "alice"),
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, "alicE"),
            Hex(HmacLogin.ClientProof, Key, ClientHello, ServerHello, ""),
        ];

        Assert.Distinct(proofs);
    }

    [Fact]
    public void A_byte_that_moves_from_one_part_to_the_next_changes_the_proof() =>
        Property.Holds(
            from text in Gen.Choose('a', 'c').Select(c => (char)c).ListOf()
            from first in Gen.Choose(0, text.Count)
            from second in Gen.Choose(first, text.Count)
            from otherFirst in Gen.Choose(0, text.Count)
            from otherSecond in Gen.Choose(otherFirst, text.Count)
            select (Text: string.Concat(text), First: first, Second: second, OtherFirst: otherFirst, OtherSecond: otherSecond),
            cut => Assert.Equal(
                (cut.First, cut.Second) == (cut.OtherFirst, cut.OtherSecond),
                Proof(cut.Text, cut.First, cut.Second) == Proof(cut.Text, cut.OtherFirst, cut.OtherSecond)));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length)
    {
        Assert.Throws<ArgumentException>("key", () => HmacLogin.ClientProof(new byte[length], [], [], "alice"));
        Assert.Throws<ArgumentException>("key", () => HmacLogin.ServerProof(new byte[length], [], [], "alice"));
    }

    [Fact]
    public void Only_the_whole_proof_matches()
    {
        var proof = HmacLogin.ClientProof(Key, "c"u8, "s"u8, "alice");

        Assert.True(HmacLogin.Matches(proof, [.. proof]));
        Assert.False(HmacLogin.Matches(proof, proof.AsSpan(1)));
        Assert.False(HmacLogin.Matches(proof, []));
        for (var i = 0; i < proof.Length; i++)
        {
            byte[] other = [.. proof];
            other[i] ^= 0x80;
            Assert.False(HmacLogin.Matches(proof, other));
        }
    }

    private static string Proof(string text, int first, int second) =>
        Hex(HmacLogin.ClientProof, Key, text[..first], text[first..second], text[second..]);

    private static string Hex(
        ProofFunction proof, byte[] key, string clientHello, string serverHello, string account, ChannelBinding? binding = null) =>
        Convert.ToHexStringLower(proof(key, Encoding.UTF8.GetBytes(clientHello), Encoding.UTF8.GetBytes(serverHello), account, binding));
}
