using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorNet.Server.Listening;

/// <summary>
/// Who connects, as the brakes count: an IPv4 address, or the network of an IPv6 one, as one customer has a whole network of those and
/// would be somebody else with each connection. An IPv4 address written as IPv6 is the IPv4 address.
/// </summary>
/// <param name="Bits">The address as IPv6, zero beyond the prefix.</param>
/// <param name="Prefix">Bits that count; 128 for IPv4.</param>
internal readonly record struct Source(UInt128 Bits, int Prefix) : IComparable<Source>
{
    /// <summary>The source of <paramref name="address"/>.</summary>
    public static Source Of(IPAddress address, int ipv6Prefix)
    {
        var prefix = address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? ipv6Prefix : 128;
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return new Source(BinaryPrimitives.ReadUInt128BigEndian(bytes) & (UInt128.MaxValue << (128 - prefix)), prefix);
    }

    /// <summary>Any order, as long as it is one.</summary>
    public int CompareTo(Source other) => (Bits, Prefix).CompareTo((other.Bits, other.Prefix));

    /// <summary>As people write it: <c>192.0.2.1</c>, <c>2001:db8:1:2::/64</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : $"{address}/{Prefix}";
    }
}
