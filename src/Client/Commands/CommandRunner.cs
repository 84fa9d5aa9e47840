using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using ActorNet.Client.Terminal;
using ActorNet.Protocol;

namespace ActorNet.Client.Commands;

/// <summary>Runs a command and turns what went wrong into one line on stderr and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Makes <paramref name="run"/> what <paramref name="command"/> does.</summary>
    public static Command Bind(
        Command command, GlobalOptions globals, CommandIo io, Func<CommandSession, Task<int>> run)
    {
        command.SetAction((parsed, _) =>
        {
            var session = new CommandSession(io, globals, parsed);
            return GuardAsync(io, session.Json, () => run(session));
        });
        return command;
    }

    public static async Task<int> GuardAsync(CommandIo io, bool json, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (BrokenPipeException)
        {
            return ExitCodes.BrokenPipe;
        }
        catch (OperationCanceledException) when (io.Interrupts.Token.IsCancellationRequested)
        {
            return io.Interrupts.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var code = ExitCodes.Of(e);
            Report(io, json, Describe(e), (e as ActorNetException)?.Code, code);
            return code;
        }
    }

    /// <summary><c>actornet: what happened, to what; what to do next</c>, or the same as JSON.</summary>
    public static void Report(CommandIo io, bool json, string message, ErrorCode? code, int exitCode)
    {
        try
        {
            if (json)
                io.ErrorOut.WriteLine(JsonSerializer.Serialize(
                    new ErrorResult(new ErrorDetail(code?.ToWire(), message, exitCode)),
                    CommandJsonContext.Default.ErrorResult));
            else
                io.ErrorOut.WriteLine($"actornet: {SafeText.Of(message)}");
        }
        catch (IOException)
        {
            // stderr is gone; the exit code is what remains
        }
    }

    /// <summary>The command as it was typed, without its arguments: <c>actornet chat say</c>.</summary>
    public static string NameOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? r = parsed.CommandResult; r is CommandResult c; r = r.Parent)
            names.Insert(0, c.Command is RootCommand ? "actornet" : c.Command.Name);
        return string.Join(' ', names);
    }

    private static string Describe(Exception e)
    {
        var code = (e as ActorNetException)?.Code;
        var message = e.Message.TrimEnd('.');
        if (code is { } c && !message.Contains($"({c.ToWire()})", StringComparison.Ordinal))
            message += $" ({c.ToWire()})";
        return NextSteps.For(e) is { } step ? $"{message}; {step}" : message;
    }
}
