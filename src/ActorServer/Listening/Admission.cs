using System.Net;
using ActorNet.Server.Listening.Tls;

namespace ActorNet.Server.Listening;

/// <summary>
/// Who may connect to the node now, asked by all of its listeners: counts connections in all, before the login and by source, and keeps
/// the penalties. Who has no address (a local socket) or is in an exempt network counts in all and before the login alone. Thread-safe:
/// one lock, held for a look into two tables.
/// </summary>
public sealed class Admission(AdmissionSettings settings, Random random)
{
    private readonly Lock _lock = new();

    // Those with a connection, at most max-connections, and those that only have been here in this window, at most max-sources.
    private readonly Dictionary<Source, Usage> _sources = [];
    private readonly Penalties _penalties = new(settings.Penalties, settings.MaxSources);
    private TimeSpan _windowEnd;
    private int _gone;
    private int _live;
    private int _beforeLogin;
    private int _refusing;

    /// <summary>The limits it keeps.</summary>
    public AdmissionSettings Settings => settings;

    /// <summary>The turns of TLS handshakes.</summary>
    internal HandshakeTurns Handshakes { get; } = new(settings.MaxHandshakes);

    /// <summary>Connections that were admitted and have not left.</summary>
    public int Live
    {
        get { lock (_lock) return _live; }
    }

    /// <summary>Those of them that are not logged in.</summary>
    public int BeforeLogin
    {
        get { lock (_lock) return _beforeLogin; }
    }

    /// <summary>Sources in its two tables: with connections or new ones, and with penalties.</summary>
    internal (int Counted, int Penalised) Sources
    {
        get { lock (_lock) return (_sources.Count, _penalties.Count); }
    }

    /// <summary>Admits a connection (null), or says why not. What is admitted must leave.</summary>
    public Refusal? Admit(IPAddress? address, TimeSpan now)
    {
        var source = SourceOf(address);
        lock (_lock)
        {
            if (RefusePenalised(source, now) is { } penalised) return penalised;
            if (RefuseFull(source) is { } full) return full;
            if (RefuseSource(source, now) is { } refusal) return refusal;
            _live++;
            _beforeLogin++;
            return null;
        }
    }

    /// <summary>A connection has logged in.</summary>
    public void LoggedIn()
    {
        lock (_lock) _beforeLogin--;
    }

    /// <summary>A connection has left.</summary>
    public void Leave(IPAddress? address, bool loggedIn)
    {
        var source = SourceOf(address);
        lock (_lock)
        {
            _live--;
            if (!loggedIn) _beforeLogin--;
            if (source is { } known) LeaveSource(known);
        }
    }

    /// <summary>A connection has done something that counts against its source.</summary>
    public void Fault(IPAddress? address, Fault fault, TimeSpan now)
    {
        if (SourceOf(address) is not { } source) return;
        lock (_lock) _penalties.Add(source, fault, now);
    }

    /// <summary>Whether somebody may be told why they are not admitted. Who is told ends with <see cref="EndRefusal"/>.</summary>
    public bool TryBeginRefusal()
    {
        lock (_lock)
        {
            if (_refusing >= settings.MaxRefusals) return false;
            _refusing++;
            return true;
        }
    }

    /// <summary>A refusal has been said.</summary>
    public void EndRefusal()
    {
        lock (_lock) _refusing--;
    }

    private Source? SourceOf(IPAddress? address) =>
        address is null || settings.Exempt.Contains(address) ? null : Source.Of(address, settings.Ipv6Prefix);

    private Refusal? RefusePenalised(Source? source, TimeSpan now)
    {
        if (source is not { } known) return null;
        var left = _penalties.RefusedFor(known, now);
        return left == TimeSpan.Zero ? null : AdmissionRefusals.Penalised(known, left);
    }

    private Refusal? RefuseFull(Source? source)
    {
        if (_live >= settings.MaxConnections) return AdmissionRefusals.MaxConnections;
        if (_beforeLogin >= settings.MaxBeforeLogin) return AdmissionRefusals.MaxBeforeLogin;
        return source is not null && random.NextDouble() < settings.EarlyDrop.Chance(_beforeLogin, settings.MaxBeforeLogin)
            ? AdmissionRefusals.EarlyDrop
            : null;
    }

    private Refusal? RefuseSource(Source? source, TimeSpan now)
    {
        if (source is not { } known) return null;
        if (now >= _windowEnd)
        {
            ForgetNew();
            _windowEnd = now + settings.SourceWindow;
        }

        if (!_sources.TryGetValue(known, out var usage))
        {
            _sources.Add(known, usage = new Usage());
            _gone++;
        }

        if (usage.Live >= settings.MaxPerSource) return AdmissionRefusals.MaxPerSource(known, usage.Live);
        if (usage.New >= settings.NewPerSource) return AdmissionRefusals.NewPerSource(known, usage.New, settings.SourceWindow);
        if (usage.Live == 0) _gone--;
        usage.New++;
        usage.Live++;
        return null;
    }

    private void LeaveSource(Source source)
    {
        if (_sources.GetValueOrDefault(source) is not { } usage || --usage.Live > 0) return;
        if (usage.New == 0)
        {
            _sources.Remove(source);
            return;
        }

        // The table is full of those who have left. Whoever has that many addresses gains new connections by it; to turn away who is
        // unknown instead would let them lock out everybody else.
        if (++_gone > settings.MaxSources) ForgetNew();
    }

    // Fixed windows: one date for the whole table, nothing to keep per connection.
    private void ForgetNew()
    {
        foreach (var (source, usage) in _sources)
        {
            usage.New = 0;
            if (usage.Live == 0) _sources.Remove(source);
        }

        _gone = 0;
    }

    private sealed class Usage
    {
        public int Live { get; set; }

        public int New { get; set; }
    }
}
