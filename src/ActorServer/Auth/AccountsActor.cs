using System.Security.Cryptography;
using ActorNet.Protocol.Auth;
using Akka.Actor;

namespace ActorNet.Server.Auth;

/// <summary>
/// Owns who may log in: the keys that were read at the start. Every login asks it; lives as long as the node. For an unknown account it
/// gives a key of its own, the same each time, so that neither answer nor time tells which accounts exist.
/// </summary>
public sealed class AccountsActor : ReceiveActor
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(HmacLogin.KeyLength);
    private readonly IReadOnlyDictionary<string, byte[]> _keys;

    public AccountsActor(IReadOnlyDictionary<string, byte[]> keys)
    {
        _keys = keys;

        Receive<FindAccountKey>(HandleFindAccountKey);
    }

    private void HandleFindAccountKey(FindAccountKey message)
    {
        var decoy = HMACSHA256.HashData(_secret, System.Text.Encoding.UTF8.GetBytes(message.Account));
        var isKnown = _keys.TryGetValue(message.Account, out var key);
        Sender.Tell(new AccountKey(isKnown ? key : decoy, isKnown));
    }
}
