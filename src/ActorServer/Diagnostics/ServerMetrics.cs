using System.Diagnostics.Metrics;
using ActorNet.Protocol;

namespace ActorNet.Server.Diagnostics;

/// <summary>What the node counts, as the meter <c>ActorNet.Server</c>. No user or room is ever a tag.</summary>
public sealed class ServerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "ActorNet.Server";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _logins;

    public ServerMetrics()
    {
        _open = _meter.CreateUpDownCounter<long>("actornet.connections.open", "{connection}", "Connections that are open");
        _accepted = _meter.CreateCounter<long>("actornet.connections.accepted", "{connection}", "Connections taken");
        _refused = _meter.CreateCounter<long>("actornet.connections.refused", "{connection}", "Connections not taken, by code and reason");
        _closed = _meter.CreateCounter<long>("actornet.connections.closed", "{connection}", "Connections ended, by code");
        _bytesIn = _meter.CreateCounter<long>("actornet.bytes.received", "By", "Bytes received on connections that ended");
        _bytesOut = _meter.CreateCounter<long>("actornet.bytes.sent", "By", "Bytes sent on connections that ended");
        _logins = _meter.CreateCounter<long>("actornet.logins", "{login}", "Logins, by result");
    }

    /// <summary>A connection was taken.</summary>
    public void ConnectionAccepted()
    {
        _open.Add(1);
        _accepted.Add(1);
    }

    /// <summary>A connection was not taken.</summary>
    /// <param name="code">What the peer was told, or would have been.</param>
    /// <param name="reason">Which limit or rule it was, one of a closed list.</param>
    public void ConnectionRefused(ErrorCode code, string reason) => _refused.Add(
        1, new KeyValuePair<string, object?>("code", code.ToWire()), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A connection ended.</summary>
    public void ConnectionClosed(ErrorCode? code, long bytesIn, long bytesOut)
    {
        _open.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>("code", code?.ToWire() ?? "ok"));
        _bytesIn.Add(bytesIn);
        _bytesOut.Add(bytesOut);
    }

    /// <summary>A login succeeded.</summary>
    public void LoginSucceeded() => _logins.Add(1, new KeyValuePair<string, object?>("result", "ok"));

    /// <summary>A login failed.</summary>
    public void LoginFailed() => _logins.Add(1, new KeyValuePair<string, object?>("result", "failed"));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
