using System.Runtime.InteropServices;

namespace ActorNet.Server.Hosting;

/// <summary>
/// SIGINT and SIGTERM: the first asks the node to stop in order, the second ends the process at once. On .NET 10 nobody
/// else turns SIGTERM into an orderly stop: Akka hooks ProcessExit, which the runtime no longer raises for it.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Action<int> _exit;
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    private StopSignals(Action<int> exit) => _exit = exit;

    /// <summary>Set when the first signal came.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Takes the signals of this process until disposed of.</summary>
    /// <param name="exit">Ends the process with this code.</param>
    public static StopSignals Register(Action<int> exit)
    {
        var signals = new StopSignals(exit);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                signals.Take(context.Signal);
            }));
        return signals;
    }

    /// <summary>Signals that come only by <see cref="Take"/>.</summary>
    internal static StopSignals Unregistered(Action<int> exit) => new(exit);

    /// <summary>What happens when <paramref name="signal"/> comes.</summary>
    internal void Take(PosixSignal signal)
    {
        if (Interlocked.Increment(ref _count) == 1)
            _requested.Cancel();
        else
            _exit(ExitCode.SignalBase + NumberOf(signal));
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _requested.Dispose();
    }

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };
}
