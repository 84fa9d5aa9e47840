using System.CommandLine;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet ls</c>: a folder of the server, a line an entry.</summary>
internal sealed class ListVerb
{
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "Folder on the server; its root when there is none",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "/",
    };

    public ListVerb(GlobalOptions globals, CommandIo io) =>
        Command = CommandRunner.Bind(new Command("ls", "List a folder of the server") { _path }, globals, io, RunAsync);

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        var entries = client.ListAsync(session.Parsed.GetValue(_path)!, session.Cancellation);
        // line by line as the pages come: a folder may have a million entries
        await foreach (var entry in entries)
        {
            if (session.Json) session.WriteJson(entry, ProtocolJsonContext.Default.FolderEntry);
            else session.WriteLine(FolderLine.Of(entry, TimeZoneInfo.Local));
        }

        return ExitCodes.Ok;
    }
}
