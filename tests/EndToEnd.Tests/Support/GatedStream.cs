namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>
/// A file that stops in its middle until the test opens the gate: as a source after half of the bytes were read, as a
/// destination after the first bytes were written.
/// </summary>
internal sealed class GatedStream(byte[] content) : MemoryStream
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    public GatedStream() : this([])
    {
    }

    /// <summary>Ends when somebody waits at the gate.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.SetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
    {
        var half = content.Length / 2;
        if (_read == half) await WaitAsync(token);
        var end = _read < half ? half : content.Length;
        var count = Math.Min(buffer.Length, end - _read);
        content.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default)
    {
        if (Length > 0) await WaitAsync(token);
        Write(buffer.Span);
    }

    private Task WaitAsync(CancellationToken token)
    {
        _reached.TrySetResult();
        return _open.Task.WaitAsync(token);
    }
}
