using System.Net;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Connections;

/// <summary>Where a connection comes from and what protects it.</summary>
/// <param name="Remote">The peer's address as it is logged.</param>
/// <param name="Address">The peer's IP address; null if it has none.</param>
/// <param name="Protection">What protects the bytes.</param>
public sealed record ConnectionOrigin(string Remote, IPAddress? Address, TransportProtection Protection)
{
    /// <summary>
    /// When it was accepted, by the monotonic clock of the scheduler; null: just now. What TLS took of the time for the login is not given
    /// a second time.
    /// </summary>
    public TimeSpan? AcceptedAt { get; init; }
}

/// <summary>What protects the bytes of a connection.</summary>
/// <param name="Name">For people: <c>none</c>, <c>TLS 1.3 TLS_AES_256_GCM_SHA384</c>.</param>
/// <param name="Bindings">What a login can be bound to, the best first; empty: there is no -PLUS.</param>
public sealed record TransportProtection(string Name, IReadOnlyList<ChannelBinding> Bindings)
{
    /// <summary>Plain TCP.</summary>
    public static readonly TransportProtection None = new("none", []);
}
