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
}
