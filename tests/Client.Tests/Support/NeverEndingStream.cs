namespace ActorNet.Client.Tests.Support;

/// <summary>A stdin on which nobody types: a read waits until it is cancelled.</summary>
internal sealed class NeverEndingStream : MemoryStream
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody reads.</summary>
    public Task WasRead => _read.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        return 0;
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        WaitAsync(cancellationToken);

    private Task WaitAsync(CancellationToken cancellation)
    {
        _read.TrySetResult();
        return new TaskCompletionSource().Task.WaitAsync(cancellation);
    }
}
