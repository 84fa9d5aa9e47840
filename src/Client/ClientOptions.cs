using ActorNet.Client.Profiles;

namespace ActorNet.Client;

/// <summary>Where to connect, and as whom.</summary>
public sealed record ClientOptions
{
    /// <summary>The server.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>Who logs in.</summary>
    public required string Account { get; init; }

    /// <summary>The account's pre-shared key, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> Key { get; init; }

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
        new() { Server = profile.Server, Account = profile.Account, Key = profile.Key };
}
