using System.Threading.Channels;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;

namespace ActorNet.Server.Tests.Exec;

/// <summary>A process that does what the test says and tells an observer what is done to it.</summary>
internal sealed class FakeProcess(IActorRef observer) : IJobProcess
{
    private readonly Channel<ReadOnlyMemory<byte>>[] _outputs =
        [Channel.CreateUnbounded<ReadOnlyMemory<byte>>(), Channel.CreateUnbounded<ReadOnlyMemory<byte>>()];

    private readonly ReadOnlyMemory<byte>[] _rests = new ReadOnlyMemory<byte>[2];

    // Its continuations run inside SetResult, so that what the test tells afterwards comes afterwards.
    private readonly TaskCompletionSource<ProcessExit> _exit = new();

    public int Pid => 4711;

    public Task<ProcessExit> Exited => _exit.Task;

    /// <summary>What writes to stdin wait for; null: they do not.</summary>
    public TaskCompletionSource? InputGate { get; set; }

    public void Write(OutputStream stream, byte[] bytes) => Assert.True(_outputs[(int)stream].Writer.TryWrite(bytes));

    public void CloseOutputs() => Array.ForEach(_outputs, output => output.Writer.TryComplete());

    // On a thread of the pool: the test's own has a synchronization context, where continuations are queued and not run inside.
    public void Exit(int? code, int? signal = null) => Task.Run(
        () => _exit.SetResult(new ProcessExit(code, signal, TimeSpan.FromMilliseconds(12)))).GetAwaiter().GetResult();

    public async ValueTask<int> ReadAsync(OutputStream stream, Memory<byte> buffer)
    {
        observer.Tell(new ReadStarted(stream));
        var rest = _rests[(int)stream];
        if (rest.IsEmpty)
        {
            var reader = _outputs[(int)stream].Reader;
            if (!await reader.WaitToReadAsync() || !reader.TryRead(out rest)) return 0;
        }

        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _rests[(int)stream] = rest[count..];
        return count;
    }

    public async ValueTask WriteInputAsync(ReadOnlyMemory<byte> bytes)
    {
        observer.Tell(new InputWritten(bytes.ToArray()));
        if (InputGate is { } gate) await gate.Task;
    }

    public void CloseInput() => observer.Tell(new InputClosed());

    public bool Signal(int signal)
    {
        if (_exit.Task.IsCompleted) return false;
        observer.Tell(new Signalled(signal));
        return true;
    }

    public void Dispose() => observer.Tell(new Disposed());

    internal sealed record ReadStarted(OutputStream Stream);

    internal sealed record InputWritten(byte[] Bytes);

    internal sealed record InputClosed;

    internal sealed record Signalled(int Signal);

    internal sealed record Disposed;
}

/// <summary>Answers every command with what the test prepared.</summary>
internal sealed class FakeLauncher(Func<Command, Task<LaunchOutcome>> launch) : IProcessLauncher
{
    public Task<LaunchOutcome> LaunchAsync(Command command) => launch(command);
}
