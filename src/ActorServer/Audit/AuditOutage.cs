namespace ActorNet.Server.Audit;

/// <summary>A time in which not all could be written, until a record tells of it.</summary>
internal sealed class AuditOutage
{
    private long _lost;
    private long _refused;
    private (long Lost, long Refused) _told;

    /// <summary>When it began; null: there is none.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>It begins now, unless it has.</summary>
    /// <returns>It has begun by this.</returns>
    public bool Begin(DateTimeOffset now)
    {
        if (Since is not null) return false;
        Since = now;
        return true;
    }

    /// <summary>An event will not be in the log.</summary>
    public void Lose() => _lost++;

    /// <summary>Acts were not done because they could not be recorded.</summary>
    public void Refuse(int acts) => _refused += acts;

    /// <summary>The record that tells of it, as of now.</summary>
    public AuditEvent Tell()
    {
        _told = (_lost, _refused);
        return LogEvents.Gap(Since!.Value, _lost, _refused);
    }

    /// <summary>That record is written: the outage is over, but for what came since it was told.</summary>
    /// <returns>What it came to.</returns>
    public (DateTimeOffset Since, long Lost, long Refused) End(DateTimeOffset now)
    {
        var over = (Since!.Value, _told.Lost, _told.Refused);
        _lost -= _told.Lost;
        _refused -= _told.Refused;
        Since = _lost + _refused > 0 ? now : null;
        return over;
    }
}
