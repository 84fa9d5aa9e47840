using ActorNet.Client.Files;
using Spectre.Console;

namespace ActorNet.Client.Commands;

/// <summary>
/// A progress bar on stderr for a transfer that is still running after a second, when a person is looking. Short
/// transfers never load the library that draws it.
/// </summary>
internal static class TransferBar
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    public static async Task<T> RunAsync<T>(
        CommandSession session, string name, Func<IProgress<TransferProgress>?, Task<T>> start)
    {
        var io = session.Io;
        var canDraw = io.ErrorIsTerminal && !session.Json && io.Environment("TERM") is not (null or "" or "dumb");
        if (!canDraw) return await start(null);

        var latest = new LatestProgress();
        var transfer = start(latest);
        try
        {
            return await transfer.WaitAsync(Silence);
        }
        catch (TimeoutException) when (!transfer.IsCompleted)
        {
            await DrawAsync(io.ErrorOut, name, latest, transfer);
            return await transfer;
        }
    }

    private static async Task DrawAsync(TextWriter output, string name, LatestProgress latest, Task transfer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.Yes });
        using var timer = new PeriodicTimer(Refresh);
        await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DoneColumn(),
                new RateColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(Terminal.SafeText.Of(name)));
                while (!transfer.IsCompleted)
                {
                    var (done, total) = latest.Value;
                    bar.MaxValue = Math.Max(1, total);
                    bar.Value = done;
                    await Task.WhenAny(transfer, timer.WaitForNextTickAsync().AsTask());
                }
            });
    }

    private sealed class LatestProgress : IProgress<TransferProgress>
    {
        private readonly Lock _gate = new();
        private TransferProgress _value;

        public TransferProgress Value
        {
            get
            {
                lock (_gate) return _value;
            }
        }

        public void Report(TransferProgress value)
        {
            lock (_gate) _value = value;
        }
    }
}
