using ActorNet.Client.Exec;
using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Commands;

/// <summary>Where the output of a remote command goes.</summary>
internal interface IExecOutput
{
    void Started(RemoteCommand command);

    Task CopyOutputAsync(Stream output, CancellationToken cancellation);

    Task CopyErrorAsync(Stream error, CancellationToken cancellation);

    void Ended(CommandEnded ended, int code);
}
