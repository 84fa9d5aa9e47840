namespace ActorNet.Protocol.Auth;

/// <summary>
/// What a client may keep instead of a password (RFC 5802, section 5.1): as good as the password, at this server alone and until the
/// password changes.
/// </summary>
public sealed record ScramKeys(byte[] Salt, int Iterations, byte[] ClientKey, byte[] ServerKey)
{
    /// <summary>Derives the keys of a password.</summary>
    public static ScramKeys Derive(PreparedPassword password, byte[] salt, int iterations) => throw new NotImplementedException();
}
