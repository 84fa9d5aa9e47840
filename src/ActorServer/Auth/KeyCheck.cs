using System.Collections.Immutable;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Auth;

/// <summary>
/// Which key of an account a proof of HMAC-SHA-256 was made with, and bound to what. Takes the same time for every account and every proof.
/// </summary>
public static class KeyCheck
{
    /// <summary>Keys that every login is checked against: those of the account, filled up with decoys. So an account has at most as many.</summary>
    public const int Candidates = 8;

    /// <summary>A login that is bound to nothing.</summary>
    public static readonly IReadOnlyList<ChannelBinding?> Unbound = [null];

    /// <summary>The key that <paramref name="proof"/> was made with, and what the server answers; no key: the proof is wrong.</summary>
    /// <param name="candidates">All that come into question.</param>
    /// <param name="handshake">Both HELLOs.</param>
    /// <param name="account">The name as the client wrote it.</param>
    /// <param name="bindings">What it may be bound to: for -PLUS all that was offered, as the proof does not name it.</param>
    /// <param name="proof">What the client sent.</param>
    public static (CandidateKey? Key, byte[] ServerProof) Find(
        ImmutableArray<CandidateKey> candidates, Handshake handshake, string account, IReadOnlyList<ChannelBinding?> bindings,
        ReadOnlySpan<byte> proof)
    {
        var client = handshake.ClientHello.Span;
        var server = handshake.ServerHello.Span;
        CandidateKey? found = null;
        var boundTo = bindings[0];
        foreach (var candidate in candidates)
        {
            foreach (var binding in bindings)
            {
                var expected = HmacLogin.ClientProof(candidate.Secret, client, server, account, binding);
                if (HmacLogin.Matches(expected, proof)) (found, boundTo) = (candidate, binding);
            }
        }

        var serverProof = HmacLogin.ServerProof((found ?? candidates[0]).Secret, client, server, account, boundTo);
        return (found?.Id is null ? null : found, serverProof);
    }
}
