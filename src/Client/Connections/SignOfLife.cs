namespace ActorNet.Client.Connections;

/// <summary>
/// Notices a server that has gone silent: asks after <see cref="ClientOptions.PingAfter"/>, gives up after <see
/// cref="ClientOptions.LostAfter"/>.
/// </summary>
internal sealed class SignOfLife(ClientOptions options)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private long _seen = options.TimeProvider.GetTimestamp();

    /// <summary>Something came.</summary>
    public void Seen() => Volatile.Write(ref _seen, _time.GetTimestamp());

    /// <summary>True when <paramref name="ended"/> came first, false when the server was silent for too long.</summary>
    public async Task<bool> WatchAsync(Action ask, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.PingAfter / 2, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                var silence = _time.GetElapsedTime(Volatile.Read(ref _seen));
                if (silence >= options.LostAfter) return false;
                if (silence >= options.PingAfter) ask();
            }
        }
        catch (OperationCanceledException)
        {
            // the connection ended another way
        }

        return true;
    }
}
