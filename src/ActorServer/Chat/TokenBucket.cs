namespace ActorNet.Server.Chat;

/// <summary>
/// Lets through <paramref name="perSecond"/> requests a second in the long run and <paramref name="burst"/> at once.
/// Starts full. Not thread-safe.
/// </summary>
public sealed class TokenBucket(int perSecond, int burst, TimeProvider time)
{
    private double _tokens = burst;
    private long _filled = time.GetTimestamp();

    /// <summary>Takes a token if there is one.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_filled, now).TotalSeconds * perSecond));
        _filled = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
