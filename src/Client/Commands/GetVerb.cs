using System.CommandLine;
using System.Diagnostics;
using ActorNet.Client.Files;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet get</c>: a file of the server to a file here, or to stdout.</summary>
internal sealed class GetVerb
{
    private readonly Argument<string> _remote = new("REMOTE") { Description = "File on the server" };
    private readonly Argument<string?> _local = new("LOCAL")
    {
        Description = "File or folder here; - is stdout; the same name in this folder when there is none",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public GetVerb(GlobalOptions globals, CommandIo io) =>
        Command = CommandRunner.Bind(
            new Command("get", "Copy a file from the server") { _remote, _local }, globals, io, RunAsync);

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        var remote = session.Parsed.GetValue(_remote)!;
        var local = session.Parsed.GetValue(_local);
        var clock = Stopwatch.StartNew();
        var target = local == "-" ? "-" : LocalTarget.Of(remote, local);
        await using var client = await session.ConnectAsync();
        var received = target == "-"
            ? await client.GetFileAsync(remote, session.Io.Output, null, session.Cancellation)
            : await ToFileAsync(session, client, remote, target);
        if (target == "-") return ExitCodes.Ok;
        if (session.Json)
            session.WriteJson(
                new TransferResult(remote, target, received.Size, received.Sha256, clock.Elapsed.TotalMilliseconds),
                CommandJsonContext.Default.TransferResult);
        else
            session.WriteLine(TransferLine.Of(remote, target, received.Size, clock.Elapsed));
        return ExitCodes.Ok;
    }

    private static async Task<FileReceived> ToFileAsync(
        CommandSession session, ActorNetClient client, string remote, string target)
    {
        await using var file = new PartialLocalFile(target);
        var received = await TransferBar.RunAsync(
            session, remote, progress => client.GetFileAsync(remote, file.Stream, progress, session.Cancellation));
        await file.CommitAsync();
        return received;
    }
}
