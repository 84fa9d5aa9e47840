using System.CommandLine;
using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Administration;

/// <summary>The commands that change or show accounts: <c>user</c> and <c>key</c>.</summary>
internal sealed class AdminCommands
{
    private readonly ServerConsole _console;
    private readonly Func<ParseResult, ConfigSources> _sourcesOf;

    private AdminCommands(ServerConsole console, Func<ParseResult, ConfigSources> sourcesOf) => (_console, _sourcesOf) = (console, sourcesOf);

    /// <summary>The commands.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="sourcesOf">Where the configuration is, from the options that all commands have.</param>
    public static IEnumerable<Command> Build(ServerConsole console, Func<ParseResult, ConfigSources> sourcesOf)
    {
        var commands = new AdminCommands(console, sourcesOf);
        return [UserCommandLine.Build(commands), KeyCommandLine.Build(commands)];
    }

    /// <summary>A command that works on a store that is there.</summary>
    public Command New(string name, string description, IReadOnlyList<Symbol> symbols, Action<AdminSession, ParseResult> act) =>
        New(name, StoreUse.Existing, description, symbols, act);

    /// <summary>A command that works on the store.</summary>
    public Command New(
        string name, StoreUse use, string description, IReadOnlyList<Symbol> symbols, Action<AdminSession, ParseResult> act)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else if (symbol is Option option) command.Options.Add(option);
        command.SetAction(parsed => AdminSession.Run(_sourcesOf(parsed), _console, use, session => act(session, parsed)));
        return command;
    }
}
