using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Channels;

/// <summary>
/// A channel in which the server says one thing, at the end: the command has ended, the file was sent or stored.
/// </summary>
internal sealed class FinalMessage<TAny, T>(JsonTypeInfo<TAny> type) : IChannelService
    where TAny : class
    where T : class, TAny
{
    private readonly TaskCompletionSource<T> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the server said; fails when the channel ends before.</summary>
    public Task<T> Said => _said.Task;

    /// <inheritdoc />
    public bool HandleMessage(ClientChannel channel, ReadOnlyMemory<byte> json)
    {
        if (ProtocolJson.Decode(json, type) is not T said || !_said.TrySetResult(said))
            throw new ProtocolViolationException(
                $"A message came in the {channel.Name} channel that does not belong there.");
        return true;
    }

    /// <inheritdoc />
    public void HandleEnd(ActorNetException? reason)
    {
        // Read here so that a caller who had another error first is not reported as having ignored this one.
        if (_said.TrySetException(
            reason ?? new ActorNetException(null, "the server closed the channel without saying how it ended")))
            _ = _said.Task.Exception;
    }
}
