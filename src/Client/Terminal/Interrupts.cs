namespace ActorNet.Client.Terminal;

/// <summary>Ctrl-C and SIGTERM. They cancel <see cref="Token"/>, unless a command takes Ctrl-C for itself.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private Action? _handler;

    /// <summary>Cancelled when the command is to end.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>What the process ends with once <see cref="Token"/> is cancelled.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>From now on Ctrl-C calls this.</summary>
    public void Handle(Action handler) => _handler = handler;

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (_handler is { } handler) handler();
        else _cancel.Cancel();
    }

    /// <summary>SIGTERM, or the last Ctrl-C of a command that takes some for itself.</summary>
    public void Stop(int exitCode)
    {
        ExitCode = exitCode;
        _cancel.Cancel();
    }

    public void Dispose() => _cancel.Dispose();
}
