namespace ActorNet.Protocol.Auth;

/// <summary>Names and limits of SCRAM (RFC 5802, 7677).</summary>
public static class ScramMechanism
{
    /// <summary>Without channel binding.</summary>
    public const string Plain = "SCRAM-SHA-256";

    /// <summary>With channel binding.</summary>
    public const string Plus = "SCRAM-SHA-256-PLUS";

    /// <summary>Fewest iterations a client accepts (RFC 7677, section 4).</summary>
    public const int MinIterations = 4096;

    /// <summary>Most iterations a client computes: about two seconds. A server that asks for more wants to keep it busy.</summary>
    public const int MaxIterations = 5_000_000;

    /// <summary>Shortest salt, in bytes.</summary>
    public const int MinSaltLength = 8;

    /// <summary>Longest salt, in bytes.</summary>
    public const int MaxSaltLength = 64;

    /// <summary>Longest message of a login by SCRAM, in bytes.</summary>
    public const int MaxMessage = 4 * 1024;

    /// <summary>Shortest nonce of either side, in characters: fewer can be guessed.</summary>
    public const int MinNonceLength = 16;

    /// <summary>Longest nonce of either side, in characters.</summary>
    public const int MaxNonceLength = 128;
}
