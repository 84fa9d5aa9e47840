using System.Net;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>From where a listener may be used: <c>allow</c> and <c>deny</c> of <c>actornet.listeners.NAME</c>.</summary>
/// <param name="Allow">Who may; empty: everybody.</param>
/// <param name="Deny">Who may not, whatever <paramref name="Allow"/> says.</param>
public sealed record AddressRules(NetworkList Allow, NetworkList Deny)
{
    /// <summary>No rules.</summary>
    public static readonly AddressRules Everybody = new(NetworkList.None, NetworkList.None);

    /// <summary>Reads both lists of one listener.</summary>
    public static AddressRules From(SettingsReader settings) =>
        new(NetworkList.From(settings, "allow"), NetworkList.From(settings, "deny"));

    /// <summary>Whether a peer with this address is served. One without an address (a local socket) is not theirs to judge.</summary>
    public bool Permit(IPAddress? address) =>
        address is null || (!Deny.Contains(address) && (Allow.IsEmpty || Allow.Contains(address)));
}
