namespace ActorNet.Server.Auth;

/// <summary>
/// How long a login by password has to wait because too many have failed before it. What strangers try with an account's name slows down
/// strangers; a device that has logged in before counts for itself, and so nobody is locked out by others. Knows no accounts: a name that
/// nobody has is slowed down the same. Times are of one monotonic clock. Not thread-safe.
/// </summary>
public sealed class LoginThrottle(LoginSettings settings)
{
    private readonly FailureTable _strangers = new(settings.MaxThrottledAccounts, settings.ForgetAfter);
    private readonly FailureTable _devices = new(settings.MaxThrottledAccounts, settings.ForgetAfter);

    /// <summary>
    /// A login begins; how long it must wait before it may, or null: go on. One that goes on counts as failed until
    /// <see cref="Succeeded"/>: otherwise many at once would all be in time.
    /// </summary>
    /// <param name="name">The account's prepared name.</param>
    /// <param name="device">A device that is known to belong to the account; null: a stranger.</param>
    /// <param name="now">The time.</param>
    public TimeSpan? Begin(string name, string? device, TimeSpan now)
    {
        // One with too many failures of its own may have been stolen: it is a stranger until they are forgotten.
        if (device is not null && _devices.Find(device, now).Failures < settings.FreeFailures)
        {
            _devices.Add(device, now);
            return null;
        }

        var (failures, last) = _strangers.Find(name, now);
        var wait = last + DelayAfter(failures) - now;
        if (wait > TimeSpan.Zero) return wait;
        _strangers.Add(name, now);
        return null;
    }

    /// <summary>
    /// A login that was let through has succeeded. A stranger's takes back itself and not what other strangers did; a known device is as
    /// new.
    /// </summary>
    public void Succeeded(string name, string? device)
    {
        if (device is null) _strangers.TakeBack(name);
        else _devices.Forget(device);
    }

    private TimeSpan DelayAfter(int failures)
    {
        if (failures < settings.FreeFailures) return TimeSpan.Zero;
        var delay = settings.FirstDelay * Math.Pow(2, Math.Min(failures - settings.FreeFailures, 30));
        return delay < settings.MaxDelay ? delay : settings.MaxDelay;
    }
}
