using System.Collections.Frozen;
using System.Security.Cryptography;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Connections;

namespace ActorNet.Server.Tests.Auth;

/// <summary>Accounts of specs: alice with a password and a key, bob with a password.</summary>
internal static class TestAccounts
{
    public const int Iterations = ScramMechanism.MinIterations;

    public static readonly TestPassword AlicesPassword = new(1);
    public static readonly TestPassword BobsPassword = new(2);
    public static readonly TestPassword WrongPassword = new(3);

    public static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    public static readonly Account Alice = new(
        "alice", IsEnabled: true, ["*"], AlicesPassword.Credential,
        [new MachineKey(ConnectionBench.KeyId, "backup", ConnectionBench.Key, DateTimeOffset.UnixEpoch)], DateTimeOffset.UnixEpoch);

    public static readonly Account Bob = new(
        "bob", IsEnabled: true, ["echo.open"], BobsPassword.Credential, [], DateTimeOffset.UnixEpoch);

    public static AccountBook Book(params Account[] accounts) => new(Secret, accounts.ToFrozenDictionary(account => account.Name));

    /// <summary>A role allows the pattern that is its name.</summary>
    public static Rights RightsOf(IEnumerable<string> roles) => new(roles, []);

    public static AccountName Name(string text) =>
        AccountName.TryPrepare(text, out var name, out var problem) ? name : throw new ArgumentException(problem, nameof(text));
}

/// <summary>What both sides know of a password, without the password.</summary>
internal sealed class TestPassword(byte seed)
{
    private readonly byte[] _clientKey = [.. Enumerable.Repeat(seed, 32)];
    private readonly byte[] _serverKey = [.. Enumerable.Repeat((byte)(seed + 100), 32)];

    public ScramCredential Credential => new(
        [.. Enumerable.Repeat((byte)(seed + 50), LoginDecoys.SaltLength)], TestAccounts.Iterations,
        SHA256.HashData(_clientKey), _serverKey);

    /// <summary>As if derived with the salt that the server told.</summary>
    public ScramKeys KeysFor(ScramClient client) => new(client.Salt, client.Iterations, _clientKey, _serverKey);
}
