using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Auth;

/// <summary>What a client proves who it is with. Nothing of it is printed, logged or sent.</summary>
public abstract class Credentials
{
    private protected Credentials()
    {
    }

    /// <summary>A pre-shared key, for machines: 32 bytes (HMAC-SHA-256, with channel binding over TLS).</summary>
    public static Credentials OfKey(ReadOnlyMemory<byte> key) => new KeyCredentials(key);

    /// <summary>A password (SCRAM-SHA-256, with channel binding over TLS: RFC 5802, 7677, 9266).</summary>
    /// <exception cref="ArgumentException">It cannot be a password; the message says why and does not repeat it.</exception>
    public static Credentials OfPassword(string password) =>
        PreparedPassword.TryPrepare(password, out var prepared, out var problem)
            ? new PasswordCredentials(prepared)
            : throw new ArgumentException($"this cannot be a password: {problem}");

    /// <summary>
    /// What an earlier login by password left in <see cref="ActorNetClient.ScramKeys"/>: as good as the password, at that
    /// server alone and until the password changes.
    /// </summary>
    public static Credentials OfScramKeys(ScramKeys keys) => new ScramKeyCredentials(keys);

    /// <inheritdoc />
    public sealed override string ToString() => "(credentials)";
}

internal sealed class KeyCredentials(ReadOnlyMemory<byte> key) : Credentials
{
    public ReadOnlyMemory<byte> Key => key;
}

/// <summary>A way to the keys of SCRAM for the salt and iterations the server asks for.</summary>
internal abstract class ScramCredentials : Credentials
{
    public abstract Task<ScramKeys> KeysForAsync(byte[] salt, int iterations, CancellationToken cancellation);
}

internal sealed class PasswordCredentials(PreparedPassword password) : ScramCredentials
{
    // Up to seconds of one core: never on the caller's thread. A cancelled one runs on and its result is dropped.
    public override Task<ScramKeys> KeysForAsync(byte[] salt, int iterations, CancellationToken cancellation) =>
        Task.Run(() => ScramKeys.Derive(password, salt, iterations), cancellation).WaitAsync(cancellation);
}

internal sealed class ScramKeyCredentials(ScramKeys keys) : ScramCredentials
{
    public override Task<ScramKeys> KeysForAsync(byte[] salt, int iterations, CancellationToken cancellation) =>
        keys.Iterations == iterations && keys.Salt.AsSpan().SequenceEqual(salt)
            ? Task.FromResult(keys)
            : throw new StaleLoginException(
                "the stored login fits no more: the password was changed, or the account is gone; run actornet login again");
}
