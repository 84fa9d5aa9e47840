using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>The command line as a whole: which commands there are, and what becomes of a line that is none.</summary>
internal static class CommandLine
{
    private const string Description = """
        Talks to an ActorNet server: chat, remote commands, files.

        Who you are on a server stands in a profile file: the server's first run writes one with a key, 'actornet login' one
        for a password. Neither is ever an argument.
        """;

    public static async Task<int> RunAsync(string[] args, CommandIo io)
    {
        var globals = new GlobalOptions();
        var parsed = Root(globals, io).Parse(args);
        var output = new InvocationConfiguration
        {
            Output = io.Out,
            Error = io.ErrorOut,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        if (parsed.Action is not HelpWithExamples && Problem(parsed) is { } problem)
        {
            CommandRunner.Report(io, globals.IsJson(args), $"{problem}; see '{CommandRunner.NameOf(parsed)} --help'",
                null, ExitCodes.Usage);
            return ExitCodes.Usage;
        }

        return await CommandRunner.GuardAsync(
            io, globals.IsJson(args), () => parsed.InvokeAsync(output, io.Interrupts.Token));
    }

    // The parser takes an option it does not know for an argument wherever one fits: 'ls --all' would list a folder
    // '--all'.
    private static string? Problem(ParseResult parsed)
    {
        var unknown = parsed.Tokens
            .TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t is { Type: TokenType.Argument, Value: ['-', _, ..] });
        if (unknown is not null)
            return $"there is no option '{unknown.Value}' here (words that begin with - go after --)";
        return parsed.Errors.Count > 0 ? parsed.Errors[0].Message.TrimEnd('.') : null;
    }

    private static RootCommand Root(GlobalOptions globals, CommandIo io)
    {
        var root = new RootCommand(Description)
        {
            new PingVerb(globals, io).Command,
            new EchoVerb(globals, io).Command,
            ChatVerbs.Build(globals, io),
            new ExecVerb(globals, io).Command,
            new GetVerb(globals, io).Command,
            new PutVerb(globals, io).Command,
            new ListVerb(globals, io).Command,
            LoginVerbs.BuildLogin(globals, io),
            LoginVerbs.BuildLogout(globals, io),
            WhoAmIVerb.Build(globals, io),
            AdminVerbs.Build(globals, io),
        };
        foreach (var option in globals.All) root.Options.Add(option);
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction plain } help) help.Action = new HelpWithExamples(plain);
        }

        return root;
    }
}
