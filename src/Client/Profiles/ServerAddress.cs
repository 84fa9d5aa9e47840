using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ActorNet.Client.Profiles;

/// <summary>What protects the bytes on their way.</summary>
public enum Transport
{
    /// <summary>Nothing: <c>tcp://</c>. Meant for one machine.</summary>
    Tcp,

    /// <summary>TLS: <c>tls://</c>.</summary>
    Tls,
}

/// <summary>
/// Where a server is: <c>node.example</c>, <c>tls://node.example:7443</c>, <c>tcp://10.0.0.5:7400</c>,
/// <c>127.0.0.1</c>, <c>[::1]:7400</c>. Without a scheme it is TLS (port 7443), except that loopback addresses are
/// plaintext (port 7400) unless the port is 7443: nothing crosses a network in plaintext that nobody wrote
/// <c>tcp://</c> for. The host is in lower case, IPv6 without brackets, and <c>localhost</c> is <c>127.0.0.1</c>, so
/// that one server has one profile.
/// </summary>
public sealed record ServerAddress(string Host, int Port, Transport Transport)
{
    /// <summary>The port of plaintext when none is named.</summary>
    public const int DefaultPort = 7400;

    /// <summary>The port of TLS when none is named.</summary>
    public const int DefaultTlsPort = 7443;

    private const string TcpScheme = "tcp://";
    private const string TlsScheme = "tls://";

    /// <summary>A server without a scheme: plaintext on loopback unless the port is 7443, else TLS.</summary>
    public ServerAddress(string host, int port) : this(host, port, Implied(host, port))
    {
    }

    /// <summary>The server on this machine.</summary>
    public static ServerAddress Local { get; } = new("127.0.0.1", DefaultPort);

    /// <summary><c>host:port</c> without the scheme, IPv6 in brackets: the server's name in known_hosts.</summary>
    public string HostAndPort => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads an address as a person writes it.</summary>
    /// <exception cref="FormatException">Not an address; the message says what one looks like.</exception>
    public static ServerAddress Parse(string text) =>
        TryParse(text, out var address)
            ? address
            : throw new FormatException(
                $"'{text}' is not [tls://|tcp://]HOST[:PORT], like node.example, tcp://10.0.0.5:7400 or [::1]:7400");

    /// <summary>Reads an address as a person writes it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServerAddress? address)
    {
        address = null;
        var (scheme, rest) = SplitScheme(text.Trim());
        var (host, port) = Split(rest);
        var number = 0;
        if (port is not null && !(
            int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) &&
                number is > 0 and < 65536))
            return false;
        host = host.ToLowerInvariant();
        if (host == "localhost") host = Local.Host;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        // ::1 has many spellings, and known_hosts and profiles only one
        if (IPAddress.TryParse(host, out var ip) && !host.Contains('%')) host = ip.ToString();
        if (port is null) number = DefaultPortOf(scheme, host);
        address = scheme is { } written ? new ServerAddress(host, number, written) : new ServerAddress(host, number);
        return true;
    }

    /// <summary>What a socket connects to.</summary>
    public EndPoint ToEndPoint() =>
        IPAddress.TryParse(Host, out var ip) ? new IPEndPoint(ip, Port) : new DnsEndPoint(Host, Port);

    /// <summary>As it is written: with the scheme only where another would be taken without it.</summary>
    public override string ToString()
    {
        if (Transport == Implied(Host, Port)) return HostAndPort;
        return (Transport == Transport.Tls ? TlsScheme : TcpScheme) + HostAndPort;
    }

    private static Transport Implied(string host, int port) =>
        port != DefaultTlsPort && IsLoopback(host) ? Transport.Tcp : Transport.Tls;

    private static bool IsLoopback(string host) => IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip);

    private static int DefaultPortOf(Transport? scheme, string host) =>
        (scheme ?? (IsLoopback(host) ? Transport.Tcp : Transport.Tls)) == Transport.Tcp ? DefaultPort : DefaultTlsPort;

    private static (Transport? Scheme, string Address) SplitScheme(string text)
    {
        if (text.StartsWith(TcpScheme, StringComparison.OrdinalIgnoreCase))
            return (Transport.Tcp, text[TcpScheme.Length..]);
        if (text.StartsWith(TlsScheme, StringComparison.OrdinalIgnoreCase))
            return (Transport.Tls, text[TlsScheme.Length..]);
        return (null, text);
    }

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
