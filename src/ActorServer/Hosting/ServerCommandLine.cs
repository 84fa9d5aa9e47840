using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ActorNet.Server.Administration;
using ActorNet.Server.Audit;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Hosting;

/// <summary>The command line: <c>actorserver [run|check|user|key|audit] [--config FILE]… [--data DIR] [--set key=value]…</c></summary>
internal static class ServerCommandLine
{
    private const string Examples = """
        Examples:
          actorserver                                          the defaults: 127.0.0.1:7400, data in ./data
          actorserver --config my.hocon --data /var/lib/actornet
          actorserver --set actornet.node.name=north --set actornet.logging.console-level=debug
          ACTORNET__NODE__NAME=north actorserver               the same from the environment: __ for a dot, _ for -
          actorserver check --config my.hocon                  is it right, and what does it come to?
          actorserver user --help                              accounts: make, change, list, remove
          actorserver audit query --since 2h --failed          what went wrong, and who did it?

        Every setting, its unit and its reason: hocon/actornet.hocon. What holds, from low to high: that file, --config files in
        their order, the environment, --set, --data.

        Exit codes: 0 stopped on request, 1 could not start or failed, 2 wrong usage or configuration,
        130 and 143 stopped at once by a second Ctrl-C or SIGTERM.
        """;

    private static readonly Option<string[]> Config = new("--config")
    {
        Description = "A HOCON file over the defaults; may be repeated, the later over the earlier",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Where the node keeps its data: accounts, log, files (actornet.data.directory)",
        HelpName = "DIR",
        Recursive = true,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "One setting over all files; may be repeated",
        HelpName = "key=value",
        Recursive = true,
    };

    /// <summary>Does what <paramref name="args"/> ask for and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ServerConsole console)
    {
        var parsed = Root(console).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) console.Complain(error.Message);
            console.Complain($"try {NameOf(parsed.CommandResult)} --help");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are the host's: see StopSignals.
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand Root(ServerConsole console)
    {
        var run = new Command("run", "Run the server (what it does without a command)");
        run.SetAction((parsed, _) => RunCommand.RunAsync(SourcesOf(parsed), console));
        var check = new Command("check", "Validate the configuration and print what it comes to");
        check.SetAction(parsed => CheckCommand.Run(SourcesOf(parsed), console));
        var root = new RootCommand("ActorNet server: chat, remote exec, files and echo on one port, behind one login.")
        {
            Config, Data, Set, run, check, AuditCommand.Create(SourcesOf, console),
        };
        foreach (var command in AdminCommands.Build(console, SourcesOf)) root.Subcommands.Add(command);
        root.SetAction((parsed, _) => RunCommand.RunAsync(SourcesOf(parsed), console));
        foreach (var option in root.Options)
            option.Action = option switch
            {
                HelpOption help => new HelpWithExamples((HelpAction)help.Action!, console),
                VersionOption => new PrintVersion(console),
                _ => option.Action,
            };
        return root;
    }

    // As it was typed, without its arguments: actorserver user add.
    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "actorserver";

    private static ConfigSources SourcesOf(ParseResult parsed) =>
        new(parsed.GetValue(Config) ?? [], parsed.GetValue(Data), parsed.GetValue(Set) ?? []);

    private sealed class HelpWithExamples(HelpAction usual, ServerConsole console) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            usual.Invoke(parseResult);
            console.Out.WriteLine(CommandWithExamples.ExamplesFor(parseResult) ?? Examples);
            return ExitCode.Stopped;
        }
    }

    private sealed class PrintVersion(ServerConsole console) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            console.Say(StartReport.Version);
            return ExitCode.Stopped;
        }
    }
}
