using System.CommandLine;
using System.Diagnostics;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet put</c>: a file from here, or stdin, to a file of the server.</summary>
internal sealed class PutVerb
{
    private readonly Argument<string> _local = new("LOCAL") { Description = "File here; - is stdin" };
    private readonly Argument<string?> _remote = new("REMOTE")
    {
        Description = "File on the server, or a folder with / at its end; the same name in the root when there is none",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public PutVerb(GlobalOptions globals, CommandIo io) =>
        Command = CommandRunner.Bind(
            new Command("put", "Copy a file to the server") { _local, _remote }, globals, io, RunAsync);

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        var local = session.Parsed.GetValue(_local)!;
        var remote = LocalTarget.OfPut(local, session.Parsed.GetValue(_remote));
        var clock = Stopwatch.StartNew();
        await using var source = local == "-" ? await SpoolAsync(session) : OpenFile(local);
        await using var client = await session.ConnectAsync();
        var stored = await TransferBar.RunAsync(
            session, local, progress =>
                client.PutFileAsync(source, source.Length, remote, progress, session.Cancellation));
        if (session.Json)
            session.WriteJson(
                new TransferResult(local, remote, stored.Size, stored.Sha256, clock.Elapsed.TotalMilliseconds),
                CommandJsonContext.Default.TransferResult);
        else
            session.WriteLine(TransferLine.Of(local, remote, stored.Size, clock.Elapsed));
        return ExitCodes.Ok;
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder; only files can be put");
        return new FileStream(
            path,
            new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan | FileOptions.Asynchronous });
    }

    // The server wants to know the size first, and a pipe does not know its own: to a temporary file first.
    private static async Task<FileStream> SpoolAsync(CommandSession session)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var spool = new FileStream(Path.Combine(Path.GetTempPath(), $"actornet-{Guid.NewGuid():N}"), options);
        try
        {
            await session.Io.Input.CopyToAsync(spool, 128 * 1024, session.Cancellation);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }
}
