using System.Net;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>Networks as a setting names them: <c>["192.0.2.0/24", "2001:db8::/32"]</c>.</summary>
public sealed class NetworkList : IEquatable<NetworkList>
{
    /// <summary>Networks in one list: each connection is compared with all of them.</summary>
    public const int MaxLength = 1000;

    /// <summary>None.</summary>
    public static readonly NetworkList None = new([]);

    private readonly IReadOnlyList<IPNetwork> _networks;

    private NetworkList(IReadOnlyList<IPNetwork> networks) => _networks = networks;

    /// <summary>Whether there is no network in it.</summary>
    public bool IsEmpty => _networks.Count == 0;

    /// <summary>Reads the list <paramref name="key"/>, possibly empty.</summary>
    public static NetworkList From(SettingsReader settings, string key)
    {
        var texts = settings.Texts(key);
        if (texts.Count > MaxLength) settings.Fail(key, $"has {texts.Count} networks; it takes {MaxLength}.");
        var networks = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (Parse(text) is { } network)
                networks.Add(network);
            else
                settings.Fail(
                    key,
                    $"has '{text}'; it takes networks such as 192.0.2.0/24 or 2001:db8::/32, or one address as 192.0.2.1/32, "
                    + "with no bit set beyond the prefix.");
        }

        return networks.Count == 0 ? None : new NetworkList(networks);
    }

    /// <summary>
    /// Whether <paramref name="address"/> is in one of the networks. An IPv4 address written as IPv6 is the IPv4 address, so that it is
    /// in 0.0.0.0/0 and not in ::/0.
    /// </summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(network => network.Contains(plain));
    }

    /// <inheritdoc />
    public bool Equals(NetworkList? other) => other is not null && _networks.SequenceEqual(other._networks);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as NetworkList);

    /// <inheritdoc />
    public override int GetHashCode() => _networks.Aggregate(0, HashCode.Combine);

    /// <summary>The networks as they are written.</summary>
    public override string ToString() => string.Join(", ", _networks);

    private static IPNetwork? Parse(string text)
    {
        if (!IPNetwork.TryParse(text, out var network)) return null;
        var written = text[..text.IndexOf('/', StringComparison.Ordinal)];
        var address = IPAddress.Parse(written);
        // Zones mean nothing here, and .NET would drop bits beyond the prefix, or read 10/8 as 0.0.0.10 and 010.0.0.0 as octal.
        if (!network.BaseAddress.Equals(address) || written.Contains('%', StringComparison.Ordinal)) return null;
        if (address.IsIPv4MappedToIPv6) return new IPNetwork(address.MapToIPv4(), network.PrefixLength - 96);
        return written.Contains(':', StringComparison.Ordinal) || address.ToString() == written ? network : null;
    }
}
