using System.IO.Pipelines;

namespace ActorNet.Client.Channels;

/// <summary>
/// Received bytes of one stream of a channel, DATA or EXTENDED_DATA, until somebody reads them. What bounds it is the
/// channel's window:
/// bytes are granted again only when they were read, or when nobody will read them any more.
/// </summary>
internal sealed class ChannelInput
{
    private readonly Pipe _pipe;
    private readonly Action<int> _consumed;
    private readonly Lock _gate = new();
    private int _unread;
    private bool _reading;
    private bool _abandoned;
    private bool _ended;

    public ChannelInput(int segment, Action<int> consumed)
    {
        _consumed = consumed;
        // No thresholds: the window holds the server back, and the read loop must never wait for one channel's reader.
        _pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.ThreadPool, pauseWriterThreshold: 0, minimumSegmentSize: segment,
            useSynchronizationContext: false));
    }

    /// <summary>Read loop: copies what came; <see cref="Flush"/> shows it to the reader.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_ended) return;
            if (!_abandoned)
            {
                WriteToPipe(bytes);
                _unread += bytes.Length;
                return;
            }
        }

        _consumed(bytes.Length);
    }

    /// <summary>Read loop: lets the reader see what was written.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_ended) return;
            var flush = _pipe.Writer.FlushAsync();
            // always: there is no threshold to wait at
            if (flush.IsCompletedSuccessfully) _ = flush.Result;
        }
    }

    /// <summary>No more will come. With a reason the reader is told so instead of what is left.</summary>
    public void End(Exception? reason)
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            _pipe.Writer.Complete(reason);
        }
    }

    /// <summary>Waits for bytes, or the end; what it gives is valid until <see cref="AdvanceTo"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was abandoned, before or meanwhile.</exception>
    public async ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_abandoned, typeof(Stream));
            _reading = true;
        }

        var result = default(ReadResult);
        var gotBytes = false;
        try
        {
            result = await _pipe.Reader.ReadAsync(cancellation);
            gotBytes = !result.IsCanceled;
        }
        finally
        {
            if (!gotBytes) EndRead(result.Buffer.Start, 0);
        }

        ObjectDisposedException.ThrowIf(result.IsCanceled, typeof(Stream));
        return result;
    }

    /// <summary>
    /// The first <paramref name="count"/> bytes, which end at <paramref name="position"/>, were read.
    /// </summary>
    public void AdvanceTo(SequencePosition position, int count)
    {
        if (EndRead(position, count) && count > 0) _consumed(count);
    }

    /// <summary>
    /// Nobody reads any more: what is left and what still comes counts as read. Buffers in a reader's hands stay its
    /// own until it is done.
    /// </summary>
    public void Abandon()
    {
        int left;
        lock (_gate)
        {
            if (_abandoned) return;
            _abandoned = true;
            (left, _unread) = (_unread, 0);
            if (_reading) _pipe.Reader.CancelPendingRead();
            else _pipe.Reader.Complete();
        }

        if (left > 0) _consumed(left);
    }

    // False: abandoned meanwhile, and all that was unread was counted then.
    private bool EndRead(SequencePosition position, int count)
    {
        lock (_gate)
        {
            _reading = false;
            if (position.GetObject() is not null) _pipe.Reader.AdvanceTo(position);
            if (_abandoned) _pipe.Reader.Complete();
            else _unread -= count;
            return !_abandoned;
        }
    }

    // Piecewise: GetSpan of a large size would rent one block of that size instead of filling segments.
    private void WriteToPipe(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var target = _pipe.Writer.GetSpan(1);
            var count = Math.Min(target.Length, bytes.Length);
            bytes[..count].CopyTo(target);
            _pipe.Writer.Advance(count);
            bytes = bytes[count..];
        }
    }
}
