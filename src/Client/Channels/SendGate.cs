using ActorNet.Protocol.Channels;

namespace ActorNet.Client.Channels;

/// <summary>
/// The server's window as something to wait for. One sender waits at a time; the channel sees to that.
/// </summary>
internal sealed class SendGate(uint channel)
{
    private readonly Lock _gate = new();
    private SendWindow? _window;
    private TaskCompletionSource? _grown;
    private ActorNetException? _closed;

    /// <summary>OPENED came.</summary>
    public void Open(uint window)
    {
        lock (_gate) _window = new SendWindow(channel, window);
    }

    /// <summary>WINDOW came.</summary>
    public void Grow(uint bytes)
    {
        lock (_gate)
        {
            _window?.Grow(bytes);
            Wake();
        }
    }

    /// <summary>Nothing may be sent any more; whoever waits or comes later gets the reason.</summary>
    public void Close(ActorNetException reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            Wake();
        }
    }

    /// <summary>
    /// Takes up to <paramref name="most"/> bytes from the window if it has at least <paramref name="least"/>; else 0.
    /// </summary>
    /// <exception cref="ActorNetException">The channel is over.</exception>
    public int TryTake(int least, int most)
    {
        lock (_gate)
        {
            if (_closed is not null) throw _closed;
            if (_window is null || _window.Available < least) return 0;
            var taken = Math.Min(_window.Available, most);
            _window.Spend(taken);
            return taken;
        }
    }

    /// <summary>
    /// Completes when <see cref="TryTake"/> is worth another try: the window has grown, or the channel is over.
    /// </summary>
    public Task WaitAsync(int least, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_closed is not null || _window?.Available >= least) return Task.CompletedTask;
            _grown ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _grown.Task.WaitAsync(cancellation);
        }
    }

    private void Wake()
    {
        _grown?.SetResult();
        _grown = null;
    }
}
