using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client;

/// <summary>Where to connect, and as whom. One of <see cref="Key"/> and <see cref="Credentials"/> is set.</summary>
public sealed record ClientOptions
{
    /// <summary>The server, and whether TLS or plaintext.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>Who logs in.</summary>
    public required string Account { get; init; }

    /// <summary>The account's pre-shared key, 32 bytes; short for <see cref="Credentials.OfKey"/>.</summary>
    public ReadOnlyMemory<byte> Key
    {
        get => Credentials is KeyCredentials credentials ? credentials.Key : default;
        init => Credentials = Credentials.OfKey(value);
    }

    /// <summary>What the account is proven with: a key, a password, or what a login by password left.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>
    /// What <see cref="ActorNetClient.Device"/> was after an earlier login of this account here: a known device is not
    /// slowed down by what strangers try. Empty for none.
    /// </summary>
    public ReadOnlyMemory<byte> Device { get; init; }

    /// <summary>
    /// TLS: the certificates of the servers known so far; a server that shows another, or of which none is known, is not
    /// talked to. The user's <c>known_hosts</c> unless set; null for none, and then <see cref="Fingerprint"/> decides alone.
    /// </summary>
    public KnownHosts? KnownHosts { get; init; } = KnownHosts.FromEnvironment;

    /// <summary>TLS: the only certificate to accept; it is then kept in <see cref="KnownHosts"/>.</summary>
    public Fingerprint? Fingerprint { get; init; }

    /// <summary>How long connecting and logging in may take together; 10 seconds unless set.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After how long without a byte from the server it is asked for a sign of life; 30 seconds unless set.
    /// </summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how long without a byte from the server the connection counts as lost; 75 seconds unless set.
    /// </summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>What the server's log shows of this program: name, slash, version.</summary>
    public string Software { get; init; } = "actornet/0.1.0";

    /// <summary>The clock of the timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the profile says.</summary>
    public static ClientOptions From(Profile profile) =>
        new() { Server = profile.Server, Account = profile.Account, Credentials = profile.Credentials };

    /// <summary>Before anything is sent.</summary>
    internal void Check()
    {
        if (Credentials is null)
            throw new ArgumentException($"There is nothing to log {Account} in with: neither a key nor credentials.");
        if (Fingerprint is not null && Server.Transport != Transport.Tls)
            throw new ServerIdentityException(
                $"{Server} is in plaintext and shows no certificate to compare with --fingerprint; "
                + $"write tls://{Server.HostAndPort} for TLS");
        PreparedAccount();
    }

    internal AccountName PreparedAccount() => AccountName.TryPrepare(Account, out var name, out var problem)
        ? name
        : throw new LoginFailedException(null, $"'{Account}' is not the name of an account: {problem}");
}
