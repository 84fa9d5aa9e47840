using System.CommandLine;
using System.Diagnostics;
using System.Text;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet echo</c>: the words, or all of stdin, through the server and back.</summary>
internal sealed class EchoVerb
{
    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "What to send; stdin when there is none",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public EchoVerb(GlobalOptions globals, CommandIo io) => Command = CommandRunner.Bind(
        new Command("echo", "Send text or stdin through the server and print what comes back") { _text },
        globals, io, RunAsync);

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        var words = session.Parsed.GetValue(_text) ?? [];
        var source = words.Length == 0
            ? session.Io.Input
            : new MemoryStream(Encoding.UTF8.GetBytes(string.Join(' ', words) + "\n"));
        await using var client = await session.ConnectAsync();
        await using var echo = await client.OpenEchoAsync(session.Cancellation);
        var clock = Stopwatch.StartNew();
        // --json is about the numbers; what comes back is then only counted
        var destination = new CountingStream(session.Json ? Stream.Null : session.Io.Output);
        var counted = new CountingStream(echo.Input);
        var sending = SendAsync(source, counted, echo.Input, session.Cancellation);
        await echo.Output.CopyToAsync(destination, session.Cancellation);
        await sending;
        if (session.Json)
            session.WriteJson(
                new EchoResult(counted.Count, destination.Count, clock.Elapsed.TotalMilliseconds),
                CommandJsonContext.Default.EchoResult);
        return ExitCodes.Ok;
    }

    private static async Task SendAsync(Stream source, Stream counted, Stream input, CancellationToken cancellation)
    {
        await source.CopyToAsync(counted, cancellation);
        await input.DisposeAsync();
    }
}
