using ActorNet.Client.Auth;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Profiles;

/// <summary>
/// Who this user is on one server: a file that only the user can read, written by the server's first run, by
/// <c>actornet login</c>, or by hand. It has a key or the keys that a login by password left.
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Account">Who logs in there.</param>
/// <param name="Credentials">What the account is proven with.</param>
public sealed record Profile(ServerAddress Server, string Account, Credentials Credentials)
{
    /// <summary>A profile with a pre-shared key of 32 bytes.</summary>
    public Profile(ServerAddress server, string account, byte[] key) : this(server, account, Credentials.OfKey(key))
    {
    }

    /// <summary>A profile with what a login by password left.</summary>
    public Profile(ServerAddress server, string account, ScramKeys keys)
        : this(server, account, Credentials.OfScramKeys(keys))
    {
    }
}
