using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorNet.Server.Administration;

/// <summary>The address of a server as a client writes it: <c>node.example.org:7400</c>, <c>192.0.2.1:7400</c>, <c>[2001:db8::1]:7400</c>, <c>tls://…</c>.</summary>
internal static class HostAndPort
{
    /// <summary>Gives the text back if it is one.</summary>
    /// <exception cref="AdminException">It is none.</exception>
    public static string Require(string text)
    {
        var address = text.StartsWith("tls://", StringComparison.Ordinal) || text.StartsWith("tcp://", StringComparison.Ordinal) ? text[6..] : text;
        var colon = address.LastIndexOf(':');
        if (colon > 0 && IsHost(address[..colon]) && IsPort(address[(colon + 1)..])) return text;
        throw AdminException.Usage("--server takes [tls://|tcp://]HOST:PORT, such as node.example.org:7400 or [2001:db8::1]:7400.");
    }

    private static bool IsHost(string host) => host is ['[', .. var inner, ']']
        ? IPAddress.TryParse(inner, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;

    private static bool IsPort(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
}
