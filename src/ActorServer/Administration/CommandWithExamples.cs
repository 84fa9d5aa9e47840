using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorNet.Server.Administration;

/// <summary>A command whose help, and that of the commands below it, ends with examples of its own.</summary>
internal sealed class CommandWithExamples(string name, string description, string examples) : Command(name, description)
{
    /// <summary>The examples for what was typed, or null: those of the whole program.</summary>
    public static string? ExamplesFor(ParseResult parsed)
    {
        for (SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
            if (result is CommandResult { Command: CommandWithExamples found })
                return found.Examples;
        return null;
    }

    private string Examples => examples;
}
