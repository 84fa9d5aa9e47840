using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Client.Profiles;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>One run of a command: what it was asked, where its output goes, and how it reaches the server.</summary>
internal sealed class CommandSession(CommandIo io, GlobalOptions globals, ParseResult parsed)
{
    public CommandIo Io => io;

    public ParseResult Parsed => parsed;

    public bool Json => globals.Json(parsed);

    public CancellationToken Cancellation => io.Interrupts.Token;

    /// <summary>What the command line says of server and login.</summary>
    public LoginOptions Login { get; } = new(io, globals, parsed);

    /// <summary>The server the command line names, or the one of the last login.</summary>
    public ServerAddress Server => globals.Server(parsed) ?? io.Profiles.Current;

    /// <summary>Finds the profile, or asks for a password, and connects.</summary>
    public async Task<ActorNetClient> ConnectAsync() => await ConnectAsync(await Login.FindAsync(Cancellation));

    /// <summary>Connects, and keeps what the server gives this device.</summary>
    public async Task<ActorNetClient> ConnectAsync(ClientOptions options)
    {
        var client = await FirstContact.ConnectAsync(io, options, Cancellation);
        if (!client.Device.Span.SequenceEqual(options.Device.Span))
            io.Devices.Keep(options.Server, options.PreparedAccount(), client.Device.ToArray());
        return client;
    }

    /// <summary>One JSON object on a line of stdout.</summary>
    public void WriteJson<T>(T result, JsonTypeInfo<T> type) =>
        io.Out.WriteLine(JsonSerializer.Serialize(result, type));

    /// <summary>One line for people.</summary>
    public void WriteLine(string line) => io.Out.WriteLine(line);
}
