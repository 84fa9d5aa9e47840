using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ActorNet.Client.Profiles;

/// <summary>
/// Host and port of a server: <c>node.example:7400</c>, <c>127.0.0.1</c> (port 7400), <c>[::1]:7400</c>. The host is in
/// lower case, IPv6 without brackets, and <c>localhost</c> is <c>127.0.0.1</c>, so that one server has one profile.
/// </summary>
public sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The port when none is named.</summary>
    public const int DefaultPort = 7400;

    /// <summary>The server on this machine.</summary>
    public static ServerAddress Local { get; } = new("127.0.0.1", DefaultPort);

    /// <summary>Reads an address as a person writes it.</summary>
    /// <exception cref="FormatException">Not an address; the message says what one looks like.</exception>
    public static ServerAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw new FormatException($"'{text}' is not HOST:PORT, like 127.0.0.1:7400, node.example or [::1]:7400");

    /// <summary>Reads an address as a person writes it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? address)
    {
        address = null;
        var (host, port) = Split(text.Trim());
        var number = DefaultPort;
        if (port is not null && !(
            int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) &&
                number is > 0 and < 65536))
            return false;
        host = host.ToLowerInvariant();
        if (host == "localhost") host = Local.Host;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        address = new ServerAddress(host, number);
        return true;
    }

    /// <summary>What a socket connects to.</summary>
    public EndPoint ToEndPoint() =>
        IPAddress.TryParse(Host, out var ip) ? new IPEndPoint(ip, Port) : new DnsEndPoint(Host, Port);

    /// <summary>As it is written: <c>host:port</c>, IPv6 in brackets.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            if (end < 0) return ("", null);
            var rest = text[(end + 1)..];
            if (rest.Length == 0) return (text[1..end], null);
            return rest[0] == ':' ? (text[1..end], rest[1..]) : ("", null);
        }

        var colon = text.LastIndexOf(':');
        // several colons without brackets: an IPv6 address alone
        if (colon < 0 || text.IndexOf(':') != colon) return (text, null);
        return (text[..colon], text[(colon + 1)..]);
    }
}
