using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ActorNet.Client.Commands;

/// <summary>The help of System.CommandLine, with examples and exit codes below it.</summary>
internal sealed class HelpWithExamples(HelpAction plain) : SynchronousCommandLineAction
{
    private const string ExitCodesText = """
        Exit codes:
          0 done, 1 failed, 2 wrong command line, 3 cannot connect, 4 not logged in or not allowed, 5 connection lost,
          6 not certain that it is the right server, 130 interrupted, 141 the reader of the output went away, 143 terminated
        """;

    public override int Invoke(ParseResult parseResult)
    {
        plain.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (var example in HelpExamples.Of(command.Name)) output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine(command is RootCommand ? ExitCodesText : "Exit codes: see 'actornet --help'.");
        if (command.Name == "exec")
            output.WriteLine("exec: the command's own exit code; 128 + n when signal n ended it; 124 at the time limit.");
        return ExitCodes.Ok;
    }
}
