using ActorNet.Client.Channels;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Exec;

/// <summary>
/// A command running on the server. Read both outputs, or dispose of the one that does not matter: they share one
/// window, and what is not read holds the command up, its end included.
/// </summary>
public sealed class RemoteCommand : IAsyncDisposable
{
    private readonly ClientChannel _channel;

    internal RemoteCommand(ClientChannel channel, ChannelOpened opened, Task<CommandEnded> completion)
    {
        _channel = channel;
        var started = ProtocolJson.Decode(opened.Result, ProtocolJsonContext.Default.ExecStarted);
        (Job, Pid, Completion) = (started.Job, started.Pid, completion);
        StandardInput = new ChannelWriteStream(channel);
        StandardOutput = new ChannelReadStream(channel.Data);
        StandardError = new ChannelReadStream(channel.ExtendedData);
    }

    /// <summary>The server's name of the job.</summary>
    public string Job { get; }

    /// <summary>The process id on the server's machine.</summary>
    public int Pid { get; }

    /// <summary>
    /// The command's stdin; a write waits while the command does not read. Disposing is the end of input.
    /// </summary>
    public Stream StandardInput { get; }

    /// <summary>The command's stdout.</summary>
    public Stream StandardOutput { get; }

    /// <summary>The command's stderr.</summary>
    public Stream StandardError { get; }

    /// <summary>
    /// How the command ended; fails with an <see cref="ActorNetException"/> when the channel or the connection ended
    /// before.
    /// </summary>
    public Task<CommandEnded> Completion { get; }

    /// <summary>
    /// Sends a signal to the command's process group: <c>INT</c>, <c>TERM</c>, <c>HUP</c>, <c>QUIT</c>, <c>USR1</c>,
    /// <c>USR2</c> or <c>KILL</c>.
    /// </summary>
    /// <exception cref="ActorNetException">The command has ended.</exception>
    public async Task SignalAsync(string signal, CancellationToken cancellation = default) =>
        await _channel.SendMessageAsync(
            ProtocolJson.Encode<ExecCommand>(new SendSignal(signal), ProtocolJsonContext.Default.ExecCommand),
            cancellation);

    /// <summary>Closes the channel; a command that still runs is ended by the server.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
