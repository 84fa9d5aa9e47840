using ActorNet.Protocol;

namespace ActorNet.Client.Channels;

/// <summary>A channel that is bytes only.</summary>
internal sealed class NoMessages : IChannelService
{
    /// <inheritdoc />
    public bool HandleMessage(ClientChannel channel, ReadOnlyMemory<byte> json) =>
        throw new ProtocolViolationException($"MESSAGE has no meaning in the {channel.Name} channel.");

    /// <inheritdoc />
    public void HandleEnd(ActorNetException? reason)
    {
    }
}
