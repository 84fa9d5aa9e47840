using System.Diagnostics.Metrics;
using ActorNet.Protocol;

namespace ActorNet.Server.Diagnostics;

/// <summary>What the node counts, under the meter <c>ActorNet.Server</c>. Any thread may call it.</summary>
public sealed class ServerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ActorNet.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _logins;
    private long _open;

    public ServerMetrics()
    {
        _meter.CreateObservableUpDownCounter("actornet.connections.open", () => OpenConnections, "{connection}");
        _accepted = _meter.CreateCounter<long>("actornet.connections.accepted", "{connection}");
        _refused = _meter.CreateCounter<long>("actornet.connections.refused", "{connection}");
        _closed = _meter.CreateCounter<long>("actornet.connections.closed", "{connection}");
        _bytesIn = _meter.CreateCounter<long>("actornet.bytes.in", "By");
        _bytesOut = _meter.CreateCounter<long>("actornet.bytes.out", "By");
        _logins = _meter.CreateCounter<long>("actornet.logins", "{login}");
    }

    /// <summary>Connections open now.</summary>
    public long OpenConnections => Interlocked.Read(ref _open);

    /// <summary>A connection was accepted and is served.</summary>
    public void ConnectionAccepted()
    {
        Interlocked.Increment(ref _open);
        _accepted.Add(1);
    }

    /// <summary>A connection was accepted and closed at once.</summary>
    public void ConnectionRefused(ErrorCode code) => _refused.Add(1, Tag("code", code.ToWire()));

    /// <summary>A served connection ended.</summary>
    /// <param name="code">Why; null when either side ended it in order.</param>
    /// <param name="bytesIn">Bytes received in all.</param>
    /// <param name="bytesOut">Bytes the socket took in all.</param>
    public void ConnectionClosed(ErrorCode? code, long bytesIn, long bytesOut)
    {
        Interlocked.Decrement(ref _open);
        _closed.Add(1, Tag("code", code?.ToWire() ?? "none"));
        _bytesIn.Add(bytesIn);
        _bytesOut.Add(bytesOut);
    }

    /// <summary>A login was proven.</summary>
    public void LoginSucceeded() => _logins.Add(1, Tag("result", "ok"));

    /// <summary>A login failed.</summary>
    public void LoginFailed() => _logins.Add(1, Tag("result", "failed"));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
