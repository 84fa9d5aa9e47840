using System.Threading.Channels;
using ActorNet.Server.Transports;

namespace ActorNet.Server.Tests.Transports;

/// <summary>A stream whose every read and write is let through by hand.</summary>
internal sealed class FakeStream : ITransportStream
{
    private readonly Channel<ReadOnlyMemory<byte>> _incoming = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly List<byte> _written = [];
    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource _writable = Open();
    private TaskCompletionSource _finishable = Open();

    public bool WasCutOff { get; private set; }

    public int Reads { get; private set; }

    public bool IsFinished { get; private set; }

    public TaskCompletionSource WasReset { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource WasDisposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Written
    {
        get { lock (_written) return [.. _written]; }
    }

    public void Deliver(params byte[] bytes) => Assert.True(_incoming.Writer.TryWrite(bytes));

    public void DeliverEnd() => Deliver();

    public void CutOff()
    {
        WasCutOff = true;
        Deliver();
    }

    public void BreakRead() => _incoming.Writer.Complete(new IOException("Connection reset by peer."));

    public void HoldWrites() => _writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseWrites() => _writable.SetResult();

    public void BreakWrites() => _writable.SetException(new IOException("Broken pipe."));

    public void HoldFinish() => _finishable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            await _incoming.Reader.WaitToReadAsync(_disposed.Token);
            if (buffer.IsEmpty) return 0;
            Reads++;
            var bytes = await _incoming.Reader.ReadAsync(_disposed.Token);
            bytes.CopyTo(buffer);
            return bytes.Length;
        }
        catch (OperationCanceledException)
        {
            throw new ObjectDisposedException(nameof(FakeStream));
        }
        catch (ChannelClosedException e)
        {
            throw new IOException(e.Message, e.InnerException);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _writable.Task.WaitAsync(_disposed.Token);
        lock (_written) _written.AddRange(bytes.Span);
    }

    public async Task FinishSendingAsync()
    {
        await _finishable.Task;
        IsFinished = true;
    }

    public void Reset()
    {
        _disposed.Cancel();
        WasReset.TrySetResult();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        WasDisposed.TrySetResult();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
