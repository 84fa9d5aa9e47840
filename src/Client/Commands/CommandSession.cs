using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>One run of a command: what it was asked, where its output goes, and how it reaches the server.</summary>
internal sealed class CommandSession(CommandIo io, GlobalOptions globals, ParseResult parsed)
{
    public CommandIo Io => io;

    public ParseResult Parsed => parsed;

    public bool Json => globals.Json(parsed);

    public CancellationToken Cancellation => io.Interrupts.Token;

    /// <summary>Finds the profile and connects.</summary>
    public Task<ActorNetClient> ConnectAsync()
    {
        var profile = io.Profiles.Find(globals.Server(parsed), globals.Profile(parsed));
        return ActorNetClient.ConnectAsync(ClientOptions.From(profile), Cancellation);
    }

    /// <summary>One JSON object on a line of stdout.</summary>
    public void WriteJson<T>(T result, JsonTypeInfo<T> type) =>
        io.Out.WriteLine(JsonSerializer.Serialize(result, type));

    /// <summary>One line for people.</summary>
    public void WriteLine(string line) => io.Out.WriteLine(line);
}
