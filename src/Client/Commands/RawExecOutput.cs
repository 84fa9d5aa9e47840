using ActorNet.Client.Exec;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Commands;

/// <summary>
/// Bytes as they come, stdout to stdout and stderr to stderr; a word on stderr only when the node ended the command.
/// </summary>
internal sealed class RawExecOutput(CommandIo io) : IExecOutput
{
    public void Started(RemoteCommand command)
    {
    }

    public Task CopyOutputAsync(Stream output, CancellationToken cancellation) =>
        output.CopyToAsync(io.Output, cancellation);

    public Task CopyErrorAsync(Stream error, CancellationToken cancellation) =>
        error.CopyToAsync(io.Error, cancellation);

    public void Ended(CommandEnded ended, int code)
    {
        var after = Durations.Of(TimeSpan.FromMilliseconds(ended.DurationMs));
        if (ended.Reason == ExecEndReason.Timeout)
            CommandRunner.Report(
                io, false,
                $"the server killed the command at its time limit, after {after}; give it more with --timeout", null, code);
        else if (ended.Reason == ExecEndReason.Stopped)
            CommandRunner.Report(
                io, false, $"the server is stopping and killed the command after {after}; run it again later", null,
                code);
    }
}
