using System.Buffers;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Connections;

/// <summary>
/// What waits for the link. Frames are written one after the other into a buffer while the one before is being sent,
/// so many small frames leave in one write. Control frames are always taken; senders of DATA wait first while more than
/// <see cref="Limit"/> bytes are queued.
/// </summary>
internal sealed class Outbox(Link link)
{
    /// <summary>
    /// Bytes queued beyond which senders of DATA wait: a few writes ahead of the link, not a window ahead.
    /// </summary>
    public const int Limit = 512 * 1024;

    /// <summary>
    /// Bytes queued beyond which no PING is answered: above all that waiting senders may add at once, so only a server
    /// that asks without reading gets here.
    /// </summary>
    public const int AnswerLimit = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _filling = new(64 * 1024);
    private ArrayBufferWriter<byte> _sending = new(64 * 1024);
    private TaskCompletionSource? _space;
    private TaskCompletionSource? _wake;
    private bool _finished;

    /// <summary>
    /// Queues a frame. After <see cref="Finish()"/> it is dropped; the connection's end is reported elsewhere.
    /// </summary>
    public void Enqueue(in Frame frame)
    {
        lock (_gate)
        {
            if (_finished) return;
            FrameWriter.Write(_filling, frame);
            WakeLocked();
        }
    }

    /// <summary>Queues the answer to a PING; false if there is no end of them.</summary>
    public bool TryAnswer(in Frame pong)
    {
        lock (_gate)
        {
            if (_filling.WrittenCount > AnswerLimit) return false;
            Enqueue(pong);
            return true;
        }
    }

    /// <summary>Queues a last frame; what is queued is still sent.</summary>
    public void Finish(in Frame last)
    {
        lock (_gate)
        {
            if (_finished) return;
            FrameWriter.Write(_filling, last);
            FinishLocked();
        }
    }

    /// <summary>Takes nothing more; whoever waits goes on and finds the connection ended.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (!_finished) FinishLocked();
        }
    }

    /// <summary>Completes when there is room for another frame of DATA.</summary>
    public ValueTask WaitForSpaceAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_finished || _filling.WrittenCount < Limit) return ValueTask.CompletedTask;
            _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_space.Task.WaitAsync(cancellation));
        }
    }

    /// <summary>
    /// Sends until <see cref="Finish()"/> and all is sent; then shuts the sending side of the link.
    /// </summary>
    public async Task RunAsync()
    {
        while (await SwapAsync())
            await link.SendAsync(_sending.WrittenMemory);
        await link.FinishAsync();
    }

    // True: there is something in _sending. False: nothing is left and nothing more will come.
    private async ValueTask<bool> SwapAsync()
    {
        while (true)
        {
            TaskCompletionSource? space, wake = null;
            lock (_gate)
            {
                var empty = _filling.WrittenCount == 0;
                if (empty && _finished) return false;
                if (empty)
                    wake = _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                (_filling, _sending) = (_sending, _filling);
                _filling.ResetWrittenCount();
                (space, _space) = (_space, null);
            }

            space?.SetResult();
            if (wake is null) return true;
            await wake.Task;
        }
    }

    private void FinishLocked()
    {
        _finished = true;
        _space?.SetResult();
        _space = null;
        WakeLocked();
    }

    private void WakeLocked()
    {
        _wake?.SetResult();
        _wake = null;
    }
}
