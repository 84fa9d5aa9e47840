using System.CommandLine;
using ActorNet.Client.Exec;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet exec</c>: a command on the server as if it ran here.</summary>
internal sealed class ExecVerb
{
    private readonly Argument<string[]> _words = new("CMD")
    {
        Description = "Program and arguments, after --",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _shell = new("--shell") { Description = "Let the server's shell read CMD" };
    private readonly Option<string?> _cwd = new("--cwd") { Description = "Folder to run in", HelpName = "DIR" };
    private readonly Option<TimeSpan?> _timeout = new("--timeout")
    {
        Description = "Kill the command after so long: 500ms, 30s, 5m, 1h",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Durations.TryParse(result.Tokens[0].Value, out var time)) return time;
            result.AddError($"--timeout takes a time like 500ms, 30s or 5m, not '{result.Tokens[0].Value}'");
            return null;
        },
    };

    public ExecVerb(GlobalOptions globals, CommandIo io) => Command = CommandRunner.Bind(
        new Command("exec", "Run a command on the server; its exit code becomes this one's")
        {
            _shell, _timeout, _cwd, _words,
        },
        globals, io, RunAsync);

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        var words = session.Parsed.GetValue(_words)!;
        var shell = session.Parsed.GetValue(_shell);
        var request = new ExecRequest(
            shell ? null : words,
            shell ? string.Join(' ', words) : null,
            session.Parsed.GetValue(_cwd),
            (long?)session.Parsed.GetValue(_timeout)?.TotalMilliseconds);
        await using var client = await session.ConnectAsync();
        await using var command = await client.ExecAsync(request, session.Cancellation);
        IExecOutput output = session.Json ? new JsonExecOutput(session) : new RawExecOutput(session.Io);
        output.Started(command);
        TakeInterrupts(session.Io.Interrupts, command);
        var input = FeedAsync(session.Io.Input, command.StandardInput, session.Cancellation);
        var copies = Task.WhenEach(
            output.CopyOutputAsync(command.StandardOutput, session.Cancellation),
            output.CopyErrorAsync(command.StandardError, session.Cancellation));
        // the first that fails ends it: with stdout gone, stderr may never end
        await foreach (var copy in copies) await copy;
        var ended = await command.Completion.WaitAsync(session.Cancellation);
        _ = input;
        var code = ExecExitCode.Of(ended);
        output.Ended(ended, code);
        return code;
    }

    // First Ctrl-C asks, the second does not ask, the third leaves. The channel takes no signal after the end of stdin:
    // then it is closed, and the server ends the command.
    private static void TakeInterrupts(Interrupts interrupts, RemoteCommand command)
    {
        var count = 0;
        interrupts.Handle(() =>
        {
            var signal = Interlocked.Increment(ref count) switch
            {
                1 => "INT",
                2 => "KILL",
                _ => null,
            };
            if (signal is null) interrupts.Stop(ExitCodes.Interrupted);
            else _ = SignalAsync(signal);
        });

        async Task SignalAsync(string signal)
        {
            try
            {
                await command.SignalAsync(signal, interrupts.Token);
            }
            catch (Exception e) when (e is ActorNetException or OperationCanceledException)
            {
                interrupts.Stop(ExitCodes.Interrupted);
            }
        }
    }

    // A command that ends or closes its stdin early is no error of ours.
    private static async Task FeedAsync(Stream source, Stream input, CancellationToken cancellation)
    {
        try
        {
            await source.CopyToAsync(input, 64 * 1024, cancellation);
            await input.DisposeAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // what there is to say of it, the outputs and the completion say
        }
    }
}
