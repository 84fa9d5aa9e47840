using System.Collections.Immutable;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Auth;

/// <summary>Which key of an account a proof of HMAC-SHA-256 was made with. Takes the same time for every account and every proof.</summary>
public static class KeyCheck
{
    /// <summary>Keys that every login is checked against: those of the account, filled up with decoys. So an account has at most as many.</summary>
    public const int Candidates = 8;

    /// <summary>The key that <paramref name="proof"/> was made with, and what the server answers; no key: the proof is wrong.</summary>
    /// <param name="candidates">All that come into question.</param>
    /// <param name="handshake">Both HELLOs.</param>
    /// <param name="account">The name as the client wrote it.</param>
    /// <param name="binding">For -PLUS.</param>
    /// <param name="proof">What the client sent.</param>
    public static (CandidateKey? Key, byte[] ServerProof) Find(
        ImmutableArray<CandidateKey> candidates, Handshake handshake, string account, ChannelBinding? binding, ReadOnlySpan<byte> proof)
    {
        var client = handshake.ClientHello.Span;
        var server = handshake.ServerHello.Span;
        var found = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            var expected = HmacLogin.ClientProof(candidates[i].Secret, client, server, account, binding);
            if (HmacLogin.Matches(expected, proof)) found = i;
        }

        var answered = candidates[Math.Max(found, 0)];
        var serverProof = HmacLogin.ServerProof(answered.Secret, client, server, account, binding);
        return (found < 0 || answered.Id is null ? null : answered, serverProof);
    }
}
