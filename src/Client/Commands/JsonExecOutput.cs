using System.Text.Json;
using ActorNet.Client.Exec;
using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Commands;

/// <summary>
/// A line of JSON for the start, for each piece of output (base64, for it may be anything) and for the end.
/// </summary>
internal sealed class JsonExecOutput(CommandSession session) : IExecOutput
{
    private readonly Lock _gate = new();

    public void Started(RemoteCommand command) =>
        session.WriteJson(
            new ExecStartedLine("started", command.Job, command.Pid), CommandJsonContext.Default.ExecStartedLine);

    public Task CopyOutputAsync(Stream output, CancellationToken cancellation) =>
        CopyAsync("stdout", output, cancellation);

    public Task CopyErrorAsync(Stream error, CancellationToken cancellation) =>
        CopyAsync("stderr", error, cancellation);

    public void Ended(CommandEnded ended, int code)
    {
        var reason = JsonNamingPolicy.KebabCaseLower.ConvertName(ended.Reason.ToString());
        session.WriteJson(
            new ExecEndedLine("ended", reason, ended.DurationMs, ended.ExitCode, ended.Signal, code),
            CommandJsonContext.Default.ExecEndedLine);
    }

    private async Task CopyAsync(string type, Stream source, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            lock (_gate)
                session.WriteJson(new ExecOutputLine(type, buffer[..count]), CommandJsonContext.Default.ExecOutputLine);
        }
    }
}
