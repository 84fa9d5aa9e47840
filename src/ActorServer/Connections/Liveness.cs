namespace ActorNet.Server.Connections;

/// <summary>What the passing of time asks of a connection.</summary>
public enum LivenessVerdict
{
    /// <summary>Nothing.</summary>
    Fine,

    /// <summary>A PING: the peer has been silent.</summary>
    Ping,

    /// <summary>An end: the peer has been silent for too long.</summary>
    Idle,

    /// <summary>An end: a write has been under way for too long.</summary>
    Stuck,
}

/// <summary>Whether the peer is still there, told from when it last sent and last took something. Times are of one monotonic clock.</summary>
public sealed class Liveness(ConnectionSettings settings, TimeSpan now)
{
    private TimeSpan _received = now;
    private TimeSpan _writeStarted = now;
    private bool _pinged;

    /// <summary>How often to ask: a sixth of the shortest limit, so that none is overrun by much.</summary>
    public TimeSpan CheckInterval { get; } =
        new[] { settings.PingInterval, settings.IdleTimeout, settings.WriteTimeout }.Min() / 6;

    /// <summary>Bytes came.</summary>
    public void Received(TimeSpan at) => (_received, _pinged) = (at, false);

    /// <summary>A write was given to the socket.</summary>
    public void WriteStarted(TimeSpan at) => _writeStarted = at;

    /// <summary>
    /// What to do at <paramref name="at"/>. A PING is asked for once in a silence. While nothing is read, because too much waits for the
    /// socket or the peer has closed its side, nobody can tell whether the peer is silent.
    /// </summary>
    public LivenessVerdict Check(TimeSpan at, bool isWriting, bool isListening)
    {
        if (isWriting && at - _writeStarted >= settings.WriteTimeout) return LivenessVerdict.Stuck;
        if (!isListening) Received(at);
        if (at - _received >= settings.IdleTimeout) return LivenessVerdict.Idle;
        if (_pinged || at - _received < settings.PingInterval) return LivenessVerdict.Fine;
        _pinged = true;
        return LivenessVerdict.Ping;
    }
}
