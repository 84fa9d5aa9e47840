using System.Net;
using System.Net.Sockets;
using ActorNet.Protocol;

namespace ActorNet.Server.Listening;

/// <summary>Why a connection was not taken.</summary>
public sealed record Refusal(ErrorCode Code, string Message);

/// <summary>
/// Who may connect now: counts connections in all, before the login and by source (an IPv4 address, or the /64 of an IPv6 one, which is
/// what one customer has). Loopback is one's own and exempt from the counts by source. Not thread-safe.
/// </summary>
public sealed class Admission(AdmissionSettings settings)
{
    private readonly Dictionary<IPAddress, Source> _sources = [];
    private TimeSpan _windowEnd;

    /// <summary>Connections that were admitted and have not left.</summary>
    public int Live { get; private set; }

    /// <summary>Those of them that are not logged in.</summary>
    public int BeforeLogin { get; private set; }

    /// <summary>Admits a connection (null), or says why not. What is admitted must leave.</summary>
    public Refusal? Admit(IPAddress address, TimeSpan now)
    {
        if (Live >= settings.MaxConnections)
            return new Refusal(ErrorCode.TooMany, "the node has as many connections as it takes (actornet.admission.max-connections); try again later");
        if (BeforeLogin >= settings.MaxBeforeLogin)
            return new Refusal(ErrorCode.TooMany, "too many connections are waiting for their login (actornet.admission.max-before-login); try again");
        if (!IPAddress.IsLoopback(address) && RefuseSource(Key(address), now) is { } refusal) return refusal;
        Live++;
        BeforeLogin++;
        return null;
    }

    /// <summary>A connection has logged in.</summary>
    public void LoggedIn() => BeforeLogin--;

    /// <summary>A connection has left.</summary>
    public void Leave(IPAddress address, bool loggedIn)
    {
        Live--;
        if (!loggedIn) BeforeLogin--;
        if (_sources.GetValueOrDefault(Key(address)) is not { } source) return;
        source.Live--;
        if (source is { Live: 0, New: 0 }) _sources.Remove(Key(address));
    }

    private Refusal? RefuseSource(IPAddress key, TimeSpan now)
    {
        StartWindow(now);
        if (!_sources.TryGetValue(key, out var source))
        {
            if (_sources.Count >= settings.MaxSources)
                return new Refusal(ErrorCode.Unavailable, "too many sources are connecting (actornet.admission.max-sources); try again later");
            _sources.Add(key, source = new Source());
        }

        if (source.Live >= settings.MaxPerSource)
            return new Refusal(ErrorCode.TooMany, $"{source.Live} connections from {key} are open (actornet.admission.max-per-source); close one first");
        if (source.New >= settings.NewPerSource)
            return new Refusal(
                ErrorCode.RateLimited,
                $"{source.New} connections from {key} within {settings.SourceWindow.TotalSeconds:0.###} s (actornet.admission.new-per-source); slow down");
        source.New++;
        source.Live++;
        return null;
    }

    // Fixed windows: one date for the whole table, nothing to keep per connection.
    private void StartWindow(TimeSpan now)
    {
        if (now < _windowEnd) return;
        _windowEnd = now + settings.SourceWindow;
        foreach (var (key, source) in _sources)
        {
            source.New = 0;
            if (source.Live == 0) _sources.Remove(key);
        }
    }

    private static IPAddress Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed class Source
    {
        public int Live { get; set; }

        public int New { get; set; }
    }
}
